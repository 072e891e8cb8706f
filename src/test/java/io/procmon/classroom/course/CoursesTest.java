package io.procmon.classroom.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmon.Classroom;
import io.procmon.config.InvalidConfiguration;
import io.procmon.diagnostics.DiagnosticsLevel;
import io.procmon.process.Student;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoursesTest {

    private static final Student STUDENT = new Student("os", "1", "7");

    @TempDir
    Path directory;

    @Test
    void fileThatChanges_isReadAgain_andOneThatIsWrongChangesNothing() throws Exception {
        write("course: os\nhomeworks: [{name: hw1, language: c}]");
        Courses courses = courses();
        try {
            assertThat(language(courses)).contains("c");

            write("course: os\nhomeworks: [{nom: hw1}]");
            courses.lookAgain();
            assertThat(language(courses)).contains("c");

            write("course: os\nhomeworks: [{name: hw1, language: rust}]");
            courses.lookAgain();
            assertThat(language(courses)).contains("rust");
        } finally {
            courses.stop();
        }
    }

    @Test
    void fileThatIsWrongAtTheStart_endsIt() throws Exception {
        write("course: os\nhomeworks: [{nom: hw1}]");
        Files.writeString(directory.resolve("net.yaml"), "course: net\nhomeworks:\n  - {name: hw1, due: soon}");

        assertThatThrownBy(this::courses)
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageStartingWith("procmon.requirements.dir is '%s': net.yaml:3: ".formatted(directory))
                .hasMessageContaining("; os.yaml:2: ");
    }

    @Test
    void directoryThatIsNone_endsTheStart() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> new Courses(Classroom.config(Map.of("procmon.requirements.dir", file.toString()))))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageEndingWith("must be a directory, with a file for each course");
    }

    @Test
    void withoutADirectory_nothingIsRequired() {
        assertThat(language(new Courses(Classroom.config(Map.of())))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"text, types, TYPES", "text, off, OFF", "messages, text, MESSAGES", "off, text, OFF", "types, , TYPES"})
    void course_lowersTheLevelOfDiagnostics_andNeverRaisesIt(String allowed, String own, DiagnosticsLevel expected)
            throws Exception {
        write("course: os\n" + (own == null ? "" : "diagnostics: " + own + "\n") + "homeworks: []");
        Courses courses = new Courses(Classroom.config(
                Map.of("procmon.requirements.dir", directory.toString(), "procmon.diagnostics.level", allowed)));

        assertThat(courses.diagnostics(STUDENT)).isEqualTo(expected);
        assertThat(courses.diagnostics(new Student("net", "1", "7")).label()).isEqualTo(allowed);
    }

    private void write(String text) throws Exception {
        Files.writeString(directory.resolve("os.yaml"), text);
    }

    private Courses courses() {
        return new Courses(Classroom.config(Map.of("procmon.requirements.dir", directory.toString())));
    }

    private static Optional<String> language(Courses courses) {
        return courses.of(STUDENT, "hw1").flatMap(it -> it.language());
    }
}
