package io.procmon.homework;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.process.ContainerPath;
import io.procmon.process.Student;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class HomeworkLocatorTest {

    private static final Student STUDENT = new Student("os", "1", "202012180");

    private final HomeworkLocator locator = new HomeworkLocator(
            List.of("/home/coder/project", "/workspace/{course}-{section}-{student}"),
            Pattern.compile("hw([0-9]|1[0-9]|20)"),
            Pattern.compile(Classroom.config(Map.of()).homework().ignore() + "|CMakeFiles"));

    @ParameterizedTest
    @CsvFileSource(resources = "/homework/locations.csv", delimiter = '|', numLinesToSkip = 1)
    void file_liesInAHomeworkOrNot(String file, String location) {
        HomeworkLocation expected = switch (location) {
            case "OUTSIDE" -> new HomeworkLocation.Outside();
            case "IGNORED" -> new HomeworkLocation.Ignored();
            case "AMBIGUOUS" -> new HomeworkLocation.Ambiguous();
            default -> new HomeworkLocation.Inside(location);
        };

        assertThat(locator.locateFile(ContainerPath.of(file.translateEscapes()), STUDENT))
                .isEqualTo(expected);
    }

    @Test
    void homeworkDirectory_liesInItself() {
        assertThat(locator.locateDirectory(ContainerPath.of("/home/coder/project/hw1"), STUDENT))
                .isEqualTo(new HomeworkLocation.Inside("hw1"));
    }

    @Test
    void directoryInASecondHomework_isAmbiguous() {
        assertThat(locator.locateDirectory(ContainerPath.of("/home/coder/project/hw1/hw2"), STUDENT))
                .isEqualTo(new HomeworkLocation.Ambiguous());
    }

    @Test
    void projectDirectory_isNoHomework() {
        assertThat(locator.locateDirectory(ContainerPath.of("/home/coder/project"), STUDENT))
                .isEqualTo(new HomeworkLocation.Outside());
    }
}
