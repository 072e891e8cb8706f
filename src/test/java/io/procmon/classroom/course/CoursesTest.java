package io.procmon.classroom.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmon.Classroom;
import io.procmon.config.InvalidConfiguration;
import io.procmon.diagnostics.DiagnosticsLevel;
import io.procmon.process.Student;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

    @ParameterizedTest
    @CsvSource({
        "true, true, , 'SHOWN OPTING_OUT DELETION'",
        "true, true, shown, SHOWN",
        "true, true, '[shown, deletion]', 'SHOWN DELETION'",
        "true, true, '[opting-out, shown]', 'SHOWN OPTING_OUT'",
        "true, false, '[shown, opting-out, deletion]', 'SHOWN OPTING_OUT'",
        "true, true, off, ''",
        "true, true, '[]', ''",
        "false, true, '[shown, deletion]', ''"
    })
    void course_withdrawsOffersOfTheMirror_andNeverAdds(boolean key, boolean deletion, String own, String expected)
            throws Exception {
        write("course: os\n" + (own == null ? "" : "mirror: " + own + "\n") + "homeworks: []");
        Map<String, String> keys = new HashMap<>(Map.of(
                "procmon.requirements.dir",
                directory.toString(),
                "procmon.mirror.opting-out",
                "true",
                "procmon.mirror.deletion",
                Boolean.toString(deletion)));
        if (key) {
            keys.put("procmon.mirror.key-file", "key");
        }

        Courses courses = new Courses(Classroom.config(keys));

        assertThat(courses.mirror(STUDENT).stream().map(MirrorOffer::name).collect(Collectors.joining(" ")))
                .isEqualTo(expected);
        assertThat(courses.mirror(new Student("net", "1", "7")))
                .as("another course")
                .hasSize((key ? 2 : 0) + (key && deletion ? 1 : 0));
    }

    @Test
    void ofTwoFiles_eachCanWithdrawAnOfferOfTheMirror() throws Exception {
        write("course: os\nmirror: shown\nhomeworks: []");
        Files.writeString(directory.resolve("os-1.yaml"), "course: os\nsections: ['1']\nmirror: off\nhomeworks: []");

        Courses courses = new Courses(Classroom.config(
                Map.of("procmon.requirements.dir", directory.toString(), "procmon.mirror.key-file", "key")));

        assertThat(courses.mirror(STUDENT)).isEmpty();
        assertThat(courses.mirror(new Student("os", "2", "7"))).containsExactly(MirrorOffer.SHOWN);
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
