package io.procmon.handlers;

import static io.procmon.Classroom.exec;
import static io.procmon.Classroom.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.ExecVariant;
import io.procmon.events.Classified;
import io.procmon.stream.HandlerChain;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessHandlerTest {

    private final ProcessHandler handler =
            new HandlerChain(Classroom.config(Map.of()), Classroom.NODE, Classroom.parsers(), List.of()).process();

    @ParameterizedTest
    @CsvFileSource(resources = "/handlers/process-types.csv", delimiter = '|', numLinesToSkip = 1)
    void executable_decidesWhatAProcessIs(String executable, String argv0, String type) {
        Outcome<Classified> outcome = handler.apply(exec(1, executable, argv0));

        if (type == null) {
            assertThat(outcome).isEqualTo(Outcome.stop(Reason.NOT_AN_ACTIVITY));
        } else {
            assertThat(outcome.proceeding())
                    .hasValueSatisfying(
                            classified -> assertThat(classified.type().label()).isEqualTo(type));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "clang --driver-mode=g++ main.c, CLANGPP",
        "clang++ --driver-mode=gcc main.c, CLANG",
        "clang --driver-mode=gcc main.c --driver-mode=g++, CLANGPP",
        "my-g++ main.c, CLANGPP"
    })
    void driverMode_goesBeforeTheName(String commandLine, String type) {
        Outcome<Classified> outcome = handler.apply(exec(1, "/usr/lib/llvm-14/bin/clang", commandLine.split(" ")));

        assertThat(outcome.proceeding())
                .hasValueSatisfying(
                        classified -> assertThat(classified.type().label()).isEqualTo(type));
    }

    @Test
    void toolWithoutAnyArgument_isKnownByItsExecutable() {
        assertThat(handler.apply(exec(1, "/usr/bin/gcc")).proceeding()).isPresent();
    }

    @Test
    void hostnameThatNamesNoStudent_isStopped() {
        assertThat(handler.apply(exec("jcode-admin", image(1, 1), "/usr/bin/gcc", "gcc")))
                .isEqualTo(Outcome.stop(Reason.HOSTNAME_MALFORMED));
    }

    @Test
    void anotherNameInAContainer_isReportedUnderTheOwnersName() {
        handler.apply(exec(1, "/usr/bin/gcc", "gcc"));

        assertThat(handler.apply(exec("jcode-os-1-202012181", image(2, 1), "/usr/bin/gcc", "gcc"))
                        .proceeding())
                .hasValueSatisfying(classified -> {
                    assertThat(classified.student().id()).isEqualTo("202012180");
                    assertThat(classified.exec().context().hostname()).isEqualTo(Classroom.HOSTNAME);
                    assertThat(classified.owner().hostnameClaimed()).contains("jcode-os-1-202012181");
                });
    }

    @Test
    void processThatRanBefore_withoutTakeIn_onlyNamesTheOwner() {
        var without = new HandlerChain(
                        Classroom.config(Map.of("procmon.kernel.take-in", "false")),
                        Classroom.NODE,
                        Classroom.parsers(),
                        List.of())
                .process();
        var before = exec(1, "/usr/bin/gcc", "gcc");

        assertThat(without.apply(ExecVariant.of(before).takenIn(true).exec()))
                .isEqualTo(Outcome.stop(Reason.RAN_BEFORE));
        assertThat(without.apply(exec("jcode-os-1-202012181", image(2, 1), "/usr/bin/gcc", "gcc"))
                        .proceeding())
                .hasValueSatisfying(
                        classified -> assertThat(classified.student().id()).isEqualTo("202012180"));
    }

    @Test
    void studentIsTheOneOfTheHostname() {
        assertThat(handler.apply(exec("jcode-test2502-3-77-68d5", image(1, 1), "/usr/bin/gcc", "gcc"))
                        .proceeding())
                .hasValueSatisfying(classified ->
                        assertThat(classified.student()).hasToString("Student[course=test2502, section=3, id=77]"));
    }
}
