package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Prerequisites;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Compilers, interpreters and programs that end in all possible ways. Each is one event with the status of waitpid. */
@Live
class OutcomeIT {

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/live/outcomes.csv", delimiter = '|', quoteCharacter = '"', maxCharsPerColumn = 1000)
    void oneEvent_andWhatWaitpidSays(String what, String command, int exitCode, String event, Lab lab) {
        var words = Shell.words(command);
        Prerequisites.programs(programsIn(words));
        var student = Samples.in(lab.student(), lab.programs());

        var ended = student.run("hw1", words);

        assertThat(ended.exitCode()).as("the oracle of '%s'", what).isEqualTo(exitCode);
        assertThat(lab.events(student)).singleElement().satisfies(it -> {
            assertThat(it.summary()).isEqualTo(expected(event, exitCode));
            assertThat(it).matches(received -> received.agreesWith(ended), "agrees with " + ended);
        });
    }

    /** {@code build GCC main.c} becomes {@code hw1 build GCC 0 /home/coder/project/hw1/main.c}. */
    private static String expected(String event, int exitCode) {
        String[] parts = event.split(" ", 3);
        return "hw1 %s %s %d %s/hw1/%s".formatted(parts[0], parts[1], exitCode, StudentContainer.PROJECT, parts[2]);
    }

    private static String[] programsIn(String[] words) {
        return words[0].startsWith("./") ? new String[0] : new String[] {words[0]};
    }
}
