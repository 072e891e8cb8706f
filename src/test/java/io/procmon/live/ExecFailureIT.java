package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Prerequisites;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that the kernel ends during the exec, after execve can no longer return. */
@Live
class ExecFailureIT {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            more data than there is memory   | gcc big.c -o main                                    | ./main
            a segment above all user space   | gcc -static -nostdlib -Wl,-Ttext-segment=0x800000000000 -Wl,-e,main small.c -o main | ./main
            less memory than allowed         | gcc -static small.c -o main                          | sh -c 'ulimit -v 100; exec ./main'
            a fork of the shell, and a child | gcc big.c -o main                                    | sh -c './main; exit $?'
            an exec of another thread        | gcc big.c -o main                                    | ./ends exec-in-thread ./main
            """)
    void programThatNeverBegan_isARunThatCrashed(String what, String build, String run, Lab lab) {
        Prerequisites.programs("gcc");
        var student = Samples.in(lab.student(), lab.programs())
                .write("hw1/big.c", "static char t[0x4000000000UL]; int main(void) { return t[0]; }\n")
                .write("hw1/small.c", "int main(void) { return 3; }\n");
        student.run("hw1", Shell.words(build));

        var ended = student.run("hw1", Shell.words(run));

        assertThat(ended.exitCode()).as("the oracle of '%s'", what).isEqualTo(139);
        assertThat(lab.events(student)).hasSize(2).last().satisfies(event -> {
            assertThat(event.summary()).isEqualTo("hw1 run USER_BINARY 139 " + StudentContainer.PROJECT + "/hw1/main");
            assertThat(event.number("signal")).isEqualTo(11);
            assertThat(event.list("arguments")).containsExactly(StudentContainer.PROJECT + "/hw1/main");
            assertThat(event.list("truncated")).containsExactly("argv_unreadable");
            assertThat(event.is("built")).isTrue();
        });
    }
}
