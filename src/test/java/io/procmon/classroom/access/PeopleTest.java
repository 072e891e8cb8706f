package io.procmon.classroom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmon.config.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleTest {

    @TempDir
    private Path directory;

    @Test
    void eachLine_isAPersonWithARoleAndCourses() throws IOException {
        People people = People.read(file("""
                # the staff of the term
                kim teacher os  db

                lee assistant os
                operator admin
                """));

        assertThat(people.named("kim")).isEqualTo(new Viewer("kim", Viewer.Role.TEACHER, Set.of("os", "db")));
        assertThat(people.named("lee")).isEqualTo(new Viewer("lee", Viewer.Role.ASSISTANT, Set.of("os")));
        assertThat(people.named("operator")).isEqualTo(new Viewer("operator", Viewer.Role.ADMIN, Set.of()));
        assertThat(people.named("park")).isEqualTo(new Viewer("park", Viewer.Role.NONE, Set.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kim", "kim dean os", "kim none os", "kim teacher os\nkim admin"})
    void lineThatIsWrong_abortsTheStart_withItsNumber(String content) {
        assertThatThrownBy(() -> People.read(file(content)))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("procmon.sign-in.people-file")
                .hasMessageContaining("line ");
    }

    @ParameterizedTest
    @CsvSource({
        "ADMIN, db, true, true, true",
        "TEACHER, os, true, true, false",
        "TEACHER, db, false, true, false",
        "ASSISTANT, os, true, false, false",
        "ASSISTANT, db, false, false, false",
        "NONE, os, false, false, false",
    })
    void role_decidesWhatAPersonMay(Viewer.Role role, String course, boolean sees, boolean exports, boolean operates) {
        Viewer viewer = new Viewer("kim", role, Set.of("os"));

        assertThat(viewer.sees(course)).isEqualTo(sees);
        assertThat(viewer.exports()).isEqualTo(exports);
        assertThat(viewer.operates()).isEqualTo(operates);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("people"), content);
    }
}
