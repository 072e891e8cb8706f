package io.procmon.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CrashTest {

    private static final Crash.Frame STRLEN = frame("strlen", null, 0);
    private static final Crash.Frame HEADER = frame("std::vector::at", "/usr/include/c++/12/bits/stl_vector.h", 1123);
    private static final Crash.Frame PUSH = frame("push", "src/list.c", 42);

    @Test
    void crashInALibrary_isAtTheLineThatCalledIt() {
        Crash crash = new Crash(11, OptionalLong.of(0), List.of(STRLEN, HEADER, PUSH));

        assertThat(crash.diagnostic()).hasValueSatisfying(error -> {
            assertThat(error.type()).isEqualTo("SIGSEGV");
            assertThat(error.message()).contains("SIGSEGV in push");
            assertThat(error.file()).contains("src/list.c");
            assertThat(error.line()).hasValue(42);
        });
    }

    @Test
    void crashWithoutLines_isInItsFunction() {
        Crash crash = new Crash(6, OptionalLong.empty(), List.of(frame(null, null, 0), STRLEN));

        assertThat(crash.diagnostic()).hasValueSatisfying(error -> {
            assertThat(error.message()).contains("SIGABRT in strlen");
            assertThat(error.line()).isEmpty();
        });
    }

    @Test
    void crashOfWhichNothingIsKnown_isNoError() {
        Crash crash = new Crash(8, OptionalLong.empty(), List.of(frame(null, null, 0)));

        assertThat(crash.diagnostic()).isEmpty();
        assertThat(Diagnostics.NONE.with(crash)).isEqualTo(new Diagnostics(List.of(), 0, 0, Optional.of(crash)));
    }

    @Test
    void assertionOfTheSameLine_isNotRepeated() {
        Diagnostic assertion = new Diagnostic(
                Severity.ERROR,
                "assertion",
                Optional.empty(),
                Optional.of("p != NULL"),
                Optional.of("src/list.c"),
                OptionalInt.of(42),
                OptionalInt.empty(),
                "program");
        Crash crash = new Crash(6, OptionalLong.empty(), List.of(PUSH));

        Diagnostics found = new Diagnostics(List.of(assertion), 1, 0).with(crash);

        assertThat(found.list()).containsExactly(assertion);
        assertThat(found.errors()).isOne();
        assertThat(found.crash()).contains(crash);
    }

    @Test
    void levelOfTypes_hasTheSignalAndTheLineOnly() {
        Diagnostics kept = Diagnostics.NONE
                .with(new Crash(11, OptionalLong.of(0), List.of(PUSH)))
                .at(DiagnosticsLevel.TYPES);

        assertThat(kept.crash()).isEmpty();
        assertThat(kept.list()).singleElement().satisfies(error -> {
            assertThat(error.type()).isEqualTo("SIGSEGV");
            assertThat(error.message()).isEmpty();
            assertThat(error.file()).isEmpty();
            assertThat(error.line()).hasValue(42);
        });
    }

    @Test
    void names_areReplacedInEachFrame() {
        Diagnostics renamed = Diagnostics.NONE
                .with(new Crash(11, OptionalLong.of(0), List.of(frame("f_2020", "2020.c", 1))))
                .renamed(name -> name.replace("2020", "x"));

        assertThat(renamed.crash().orElseThrow().frames()).containsExactly(frame("f_x", "x.c", 1));
        assertThat(renamed.list().getFirst().message()).contains("SIGSEGV in f_x");
    }

    private static Crash.Frame frame(String function, String file, int line) {
        return new Crash.Frame(
                Optional.ofNullable(function),
                OptionalLong.empty(),
                Optional.ofNullable(file),
                line > 0 ? OptionalInt.of(line) : OptionalInt.empty(),
                Optional.empty(),
                OptionalLong.empty());
    }
}
