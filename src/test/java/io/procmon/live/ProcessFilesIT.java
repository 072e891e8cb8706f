package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Prerequisites;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments in files are read with the student's permissions. Files that cannot be read are marked in the event. */
@Live
class ProcessFilesIT {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        options            | gcc @options                        | build GCC 0 main.c                | -
        optionsInOptions   | gcc @outer                          | build GCC 0 main.c                | -
        inAnotherDirectory | gcc @sub/options                    | build GCC 0 main.c                | -
        byAnAbsoluteLink   | gcc @link                           | build GCC 0 main.c                | -
        withinThemselves   | gcc -c main.c @itself               | build GCC 1 main.c                | itself
        missing            | gcc -c main.c @missing              | build GCC 1 main.c                | missing
        device             | gcc -c main.c @/dev/zero            | build GCC 0 main.c                | /dev/zero
        javac              | javac @sources                      | build JAVAC 0 Main.java           | -
        module             | python3 -m pkg.mod                  | run PYTHON 0 pkg/mod.py           | -
        package            | python3 -m pkg                      | run PYTHON 0 pkg/__main__.py      | -
        directory          | python3 pkg                         | run PYTHON 0 pkg/__main__.py      | -
        moduleOfPython     | python3 -m this                     | run PYTHON 0 .                    | -
        """)
    void contentsCount(String name, String command, String expected, String unread, Lab lab) {
        String[] words = Shell.words(command);
        Prerequisites.programs(words[0]);
        var student = homework(lab);
        // the first reader of a link must update its access time, so it may have to wait
        student.run("hw1", "cat", "link");

        student.run("hw1", words);

        assertThat(lab.events(student)).singleElement().satisfies(event -> {
            assertThat("%s %s %d".formatted(event.kind(), event.text("type"), event.number("exit_code")))
                    .isEqualTo(expected.substring(0, expected.lastIndexOf(' ')));
            assertThat(event.text("target_path")).isEqualTo(path(expected.substring(expected.lastIndexOf(' ') + 1)));
            assertThat(event.body().has("unread_argument_files") ? event.list("unread_argument_files") : List.of())
                    .isEqualTo(unread.equals("-") ? List.of() : List.of(unread));
        });
    }

    private static StudentContainer homework(Lab lab) {
        var student = lab.student()
                .write("hw1/main.c", "int main(void) { return 0; }\n")
                .write("hw1/Main.java", "class Main {}\n")
                .write("hw1/sources", "-d \"classes\" # where\nMain.java\n")
                .write("hw1/options", "-Wall -o 'my program' main.c\n")
                .write("hw1/sub/options", "-c main.c\n")
                .write("hw1/outer", "-O1 @options\n")
                .write("hw1/itself", "-O1 @itself\n")
                .write("hw1/pkg/__init__.py", "")
                .write("hw1/pkg/__main__.py", "")
                .write("hw1/pkg/mod.py", "");
        try {
            Files.createSymbolicLink(student.file("hw1/link"), Path.of(path("options")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return student;
    }

    private static String path(String name) {
        String directory = StudentContainer.PROJECT + "/hw1";
        return name.equals(".") ? directory : directory + "/" + name;
    }
}
