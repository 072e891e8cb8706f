package io.procmon.classroom.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.procmon.classroom.course.HomeworkRequirements.MustRun;
import io.procmon.process.Student;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CourseFileTest {

    @Test
    void file_saysAllThatAHomeworkRequires() throws Exception {
        Course course = CourseFile.read("os.yaml", resource("os.yaml"));

        HomeworkRequirements hw1 = course.of(new Student("os", "1", "7"), "hw1").orElseThrow();
        assertThat(hw1.opens()).contains(Instant.parse("2026-03-02T00:00:00Z"));
        assertThat(hw1.due()).contains(Instant.parse("2026-03-09T14:59:00Z"));
        assertThat(hw1.language()).contains("c");
        assertThat(hw1.standard()).contains("c11");
        assertThat(hw1.requiredOptions()).containsExactly("-Wall", "-Wextra");
        assertThat(hw1.forbiddenOptions()).containsExactly("-O3");
        assertThat(hw1.sources()).containsExactly("main.c", "list.c");
        assertThat(hw1.outputs()).containsExactly("main");
        assertThat(hw1.mustRun()).containsExactly(new MustRun("main", 0), new MustRun("broken", 3));
        assertThat(hw1.runTime()).contains(Duration.ofSeconds(10));
        assertThat(hw1.peakMemory()).hasValue(64 << 20);
        assertThat(hw1.forbiddenTools()).containsExactly("PYTHON", "valgrind");
        assertThat(hw1.milestones())
                .containsExactly(
                        new Milestone("the list compiles", new Milestone.Built("list.c")),
                        new Milestone("the library", new Milestone.Wrote("liblist.a")),
                        new Milestone("the first test", new Milestone.Ran("test", 0)),
                        new Milestone("the assertion", new Milestone.Ran("broken", 3)));
    }

    @Test
    void theExampleOfTheDocument_isAFile() throws Exception {
        String document = Files.readString(Path.of("src/site/markdown/classes.md"));
        String example = document.substring(document.indexOf("```yaml\ncourse: ") + "```yaml\n".length());

        Course course = CourseFile.read("classes.md", example.substring(0, example.indexOf("```")));

        assertThat(course.homeworks()).hasSize(1);
        assertThat(course.of(new Student("os", "2", "7"), "hw1")).isPresent();
    }

    @Test
    void timeWithAnOffset_countsByIt() throws Exception {
        Course course = CourseFile.read("os.yaml", resource("os.yaml"));

        assertThat(course.of(new Student("os", "2", "7"), "hw4").orElseThrow().due())
                .contains(Instant.parse("2026-06-01T14:59:59Z"));
    }

    @Test
    void otherHomeworks_otherSections_andOtherCourses_areNotMeant() throws Exception {
        Course course = CourseFile.read("os.yaml", resource("os.yaml"));

        assertThat(course.of(new Student("os", "1", "7"), "hw10")).isEmpty();
        assertThat(course.of(new Student("os", "3", "7"), "hw1")).isEmpty();
        assertThat(course.of(new Student("ds", "1", "7"), "hw1")).isEmpty();
    }

    static Stream<Arguments> mistakes() throws IOException {
        return resource("mistakes.txt")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> Arguments.of(
                        line.substring(0, line.indexOf('|'))
                                .strip()
                                .replaceAll("; ?", "\n")
                                .replace("> ", "  "),
                        line.substring(line.indexOf('|') + 1).strip()));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistake_isToldWithItsLine(String file, String problem) {
        assertThat(catchThrowable(() -> CourseFile.read("os.yaml", file)))
                .isInstanceOf(InvalidCourseFile.class)
                .hasMessageStartingWith(problem);
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = CourseFileTest.class.getResourceAsStream("/requirements/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
