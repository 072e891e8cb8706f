package io.procmon.homework;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.process.ContainerPath;
import io.procmon.process.Student;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HomeworkLinksTest {

    private static final Student STUDENT = new Student("os", "1", "202012180");
    private static final ContainerPath PROJECT = ContainerPath.of("/home/coder/project");

    private final HomeworkLocator locator =
            new HomeworkLocator(List.of(PROJECT.value()), Pattern.compile("hw[0-9]"), Pattern.compile("CMakeFiles"));
    private final Project project = new Project();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        hw1 | assignment1        | assignment1/main.c        | hw1
        hw1 | assignment1        | assignment1/src/a.c       | hw1
        hw1 | assignment1        | assignment10/a.c          | OUTSIDE
        hw1 | assignment1        | assignment1/hw2/a.c       | AMBIGUOUS
        hw1 | assignment1        | assignment1/CMakeFiles/a  | IGNORED
        hw1 | course/week1/lab   | course/week1/lab/main.c   | hw1
        hw1 | course/week1/lab   | course/week1/main.c       | OUTSIDE
        hw1 | /data/assignments/1 | /data/assignments/1/a.c  | hw1
        hw1 | ../elsewhere       | /home/coder/elsewhere/a.c | hw1
        hw1 | hw2                | hw2/main.c                | hw2
        hw1 | /                  | /usr/bin/cat              | OUTSIDE
        hw1 | /usr               | /usr/bin/cat              | OUTSIDE
        hw1 | ..                 | other/a.c                 | OUTSIDE
        hw1 | .                  | other/a.c                 | OUTSIDE
        lab | assignment1        | assignment1/main.c        | OUTSIDE
        """)
    void fileInTheDirectoryThatALinkLeadsTo_isOfTheHomework(String name, String target, String file, String expected) {
        project.link(name, target);

        locator.learnLinks(STUDENT, project);

        assertThat(located(PROJECT.resolve(file))).isEqualTo(expected);
    }

    @Test
    void ofTwoLinks_theDeeperDirectoryDecides() {
        project.link("hw1", "course");
        project.link("hw2", "course/second");

        locator.learnLinks(STUDENT, project);

        assertThat(located(PROJECT.resolve("course/a.c"))).isEqualTo("hw1");
        assertThat(located(PROJECT.resolve("course/second/a.c"))).isEqualTo("hw2");
    }

    @Test
    void projectThatIsALink_isFoundWhereItLeads() {
        project.real = ContainerPath.of("/data/202012180");

        locator.learnLinks(STUDENT, project);

        assertThat(located(ContainerPath.of("/data/202012180/hw3/a.c"))).isEqualTo("hw3");
        assertThat(located(ContainerPath.of("/data/202012181/hw3/a.c"))).isEqualTo("OUTSIDE");
    }

    @Test
    void linksAreReadOnce_andAgainAfterAChange() {
        project.link("hw1", "assignment1");
        locator.learnLinks(STUDENT, project);
        locator.learnLinks(STUDENT, project);
        assertThat(project.reads).isEqualTo(1);

        project.link("hw1", "assignment2");
        locator.learnLinks(STUDENT, project);

        assertThat(project.reads).isEqualTo(2);
        assertThat(located(PROJECT.resolve("assignment1/a.c"))).isEqualTo("OUTSIDE");
        assertThat(located(PROJECT.resolve("assignment2/a.c"))).isEqualTo("hw1");
    }

    @Test
    void linksOfAnotherStudent_decideNothing() {
        project.link("hw1", "assignment1");

        locator.learnLinks(new Student("os", "1", "202012181"), project);

        assertThat(located(PROJECT.resolve("assignment1/a.c"))).isEqualTo("OUTSIDE");
    }

    private String located(ContainerPath file) {
        return switch (locator.locateFile(file, STUDENT)) {
            case HomeworkLocation.Inside(var homework) -> homework;
            case HomeworkLocation.Ignored() -> "IGNORED";
            case HomeworkLocation.Outside() -> "OUTSIDE";
            case HomeworkLocation.Ambiguous() -> "AMBIGUOUS";
        };
    }

    private static final class Project implements LinkReader {

        private final Map<String, ContainerPath> links = new HashMap<>();
        private ContainerPath real = PROJECT;
        private int changes;
        private int reads;

        void link(String name, String target) {
            links.put(name, PROJECT.resolve(target));
            changes++;
        }

        @Override
        public Optional<String> version(ContainerPath directory) {
            return Optional.of("version " + changes);
        }

        @Override
        public ContainerPath resolve(ContainerPath directory) {
            return real;
        }

        @Override
        public Map<String, ContainerPath> linkedDirectories(ContainerPath directory, Predicate<String> names) {
            reads++;
            Map<String, ContainerPath> wanted = new HashMap<>(links);
            wanted.keySet().removeIf(names.negate());
            return wanted;
        }
    }
}
