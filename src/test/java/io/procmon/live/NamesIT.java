package io.procmon.live;

import static io.procmon.live.StudentContainer.PROJECT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Long and unusual paths and command lines, and which of them are in a homework. */
@Live
class NamesIT {

    static Stream<String> directories() {
        return Stream.of(
                "hw1/with some  spaces",
                "hw1/과제 일",
                "hw1/" + "d".repeat(100),
                "hw1/" + "n".repeat(255),
                "hw1/"
                        + IntStream.rangeClosed(2, 24)
                                .mapToObj(level -> "d" + level)
                                .collect(Collectors.joining("/")),
                "hw1/" + Stream.generate(() -> "p".repeat(99)).limit(5).collect(Collectors.joining("/")),
                "hw1/" + Stream.generate(() -> "q".repeat(199)).limit(18).collect(Collectors.joining("/")),
                "hw1/quote\"back\\slash\n'new line");
    }

    @ParameterizedTest
    @MethodSource("directories")
    void directoryOfAnyName_isReportedAsItIs(String directory, Lab lab) {
        var student = lab.student()
                .install(directory + "/a program", lab.programs().ends())
                .write(directory + "/main file.c", "int main(void) { return 0; }\n");

        student.run(directory, "./a program", "exit", "3");
        student.run(directory, "gcc", "-c", "main file.c");

        assertThat(lab.events(student))
                .extracting(Event::summary)
                .containsExactly(
                        "hw1 run USER_BINARY 3 %s/%s/a program".formatted(PROJECT, directory),
                        "hw1 build GCC 0 %s/%s/main file.c".formatted(PROJECT, directory));
        assertThat(lab.events(student)).allSatisfy(event -> {
            assertThat(event.text("cwd")).isEqualTo(PROJECT + "/" + directory);
            assertThat(event.body().has("truncated")).isFalse();
        });
    }

    @Test
    void nameThatIsNoUtf8_isReplacedWhereItIsNone(Lab lab) {
        var student = Samples.in(lab.student(), lab.programs());
        var directory = bytes(PROJECT + "/hw1/caf", 0xe9, 0xff);
        var hw1 = bytes(PROJECT + "/hw1");
        student.start(hw1, List.of(bytes("mkdir"), directory)).end();
        student.start(hw1, List.of(bytes("cp"), bytes("ends"), directory)).end();

        var ended = student.start(directory, List.of(bytes("./ends"), bytes("exit"), bytes("3"), bytes("x", 0xc3)))
                .end();

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(lab.events(student)).singleElement().satisfies(event -> {
            assertThat(event.text("target_path")).isEqualTo(PROJECT + "/hw1/caf\ufffd\ufffd/ends");
            assertThat(event.text("cwd")).isEqualTo(PROJECT + "/hw1/caf\ufffd\ufffd");
            assertThat(event.list("arguments")).containsExactly("./ends", "exit", "3", "x\ufffd");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gcc -c link/../main.c            | hw2 build GCC 0 /home/coder/project/hw2/deep/main.c
            python3 link/../exit3.py         | hw2 run PYTHON 3 /home/coder/project/hw2/deep/exit3.py
            gcc -c /proc/self/cwd/main.c     | hw1 build GCC 0 /home/coder/project/hw1/main.c
            python3 /proc/self/cwd/exit3.py  | hw1 run PYTHON 3 /home/coder/project/hw1/exit3.py
            python3 /proc/thread-self/root/home/coder/project/hw1/exit3.py | hw1 run PYTHON 3 /home/coder/project/hw1/exit3.py
            """)
    void pathThatLeadsElsewhere_isThatOfTheFile(String command, String summary, Lab lab) {
        var student = Samples.in(lab.student(), lab.programs()).write("hw2/deep/sub/.keep", "");
        student.run("hw1", "sh", "-c", "cp main.c exit3.py ../hw2/deep && ln -s ../hw2/deep/sub link");

        student.run("hw1", Shell.words(command));

        assertThat(lab.events(student)).extracting(Event::summary).containsExactly(summary);
    }

    @Test
    void sourceBehind20KilobytesOfOptions_isFound(Lab lab) {
        var student = Samples.in(lab.student(), lab.programs());
        var command = Stream.of(
                        Stream.of("gcc"),
                        IntStream.range(0, 1000).mapToObj("-DMACRO_NUMBER_%04d=0"::formatted),
                        Stream.of("-c", "main.c"))
                .flatMap(words -> words)
                .toArray(String[]::new);

        student.run("hw1", command);

        assertThat(String.join(" ", command)).hasSizeGreaterThan(20_000);
        assertThat(lab.events(student)).singleElement().satisfies(event -> {
            assertThat(event.summary()).isEqualTo("hw1 build GCC 0 " + PROJECT + "/hw1/main.c");
            assertThat(event.list("arguments")).containsExactly(command);
            assertThat(event.body().has("truncated")).isFalse();
        });
    }

    @Test
    void commandTooLongToBeKept_keepsHeadAndTail_andSaysSo(Lab lab) {
        var student = Samples.in(lab.student(), lab.programs());
        var command = Stream.of(
                        Stream.of("gcc"),
                        IntStream.range(0, 3000).mapToObj("-DMACRO_NUMBER_%04d=0"::formatted),
                        Stream.of("-c", "main.c"))
                .flatMap(words -> words)
                .toArray(String[]::new);
        var before = lab.procmon().metrics().of("procmon_truncations_total", "what", "argv");

        var ended = student.run("hw1", command);

        assertThat(ended.exitCode()).isZero();
        assertThat(lab.events(student)).singleElement().satisfies(event -> {
            assertThat(event.summary()).isEqualTo("hw1 build GCC 0 " + PROJECT + "/hw1/main.c");
            assertThat(event.list("truncated")).containsExactly("argv");
            assertThat(event.number("arguments_bytes"))
                    .isEqualTo(Stream.of(command)
                            .mapToInt(word -> word.length() + 1)
                            .sum());
            assertThat(event.list("arguments"))
                    .startsWith("gcc", "-DMACRO_NUMBER_0000=0")
                    .endsWith("-DMACRO_NUMBER_2999=0", "-c", "main.c")
                    .hasSizeLessThan(3000);
        });
        assertThat(lab.procmon().metrics().of("procmon_truncations_total", "what", "argv"))
                .as("the compiler's own children get such a line too")
                .isGreaterThan(before);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvFileSource(resources = "/live/homework.csv", delimiter = '|')
    void homeworkHasBoundaries(String directory, String verdict, Lab lab) {
        var student = lab.student()
                .write(directory + "/a.c", "int main(void) { return 0; }\n")
                .install(directory + "/ends", lab.programs().ends());
        var before = lab.procmon().metrics();

        student.run(directory, "gcc", "-c", "a.c");
        student.run(directory, "./ends", "exit", "3");

        var events = lab.events(student);
        if (verdict.startsWith("hw")) {
            assertThat(events).extracting(Event::homework).containsExactly(verdict, verdict);
        } else {
            assertThat(events).isEmpty();
            assertThat(lab.procmon().metrics().stopped(verdict) - before.stopped(verdict))
                    .isPositive();
        }
    }

    @Test
    void compileOutsideHomework_isNoEvent_andCountedUnderItsReason(Lab lab) {
        var student = lab.student().write("notes/a.c", "int main(void) { return 0; }\n");
        var before = lab.procmon().metrics();

        student.run("notes", "gcc", "-c", "a.c");
        student.run("notes", "gcc", "-c", "/home/coder/project/notes/../notes/a.c");

        assertThat(lab.events(student)).isEmpty();
        assertThat(lab.procmon().metrics().stopped("outside_homework") - before.stopped("outside_homework"))
                .isEqualTo(2);
    }

    private static byte[] bytes(String text, int... more) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(text.getBytes(UTF_8));
        IntStream.of(more).forEach(bytes::write);
        return bytes.toByteArray();
    }
}
