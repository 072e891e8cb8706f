package io.procmon.classroom.workflow;

import io.procmon.diagnostics.Diagnostic;
import io.procmon.diagnostics.Diagnostics;
import io.procmon.diagnostics.Severity;
import io.procmon.process.WaitStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random stories. */
public final class Stories {

    private static final int MINUTES = 600;

    private Stories() {}

    private static final Diagnostics SAID = new Diagnostics(
            List.of(
                    Story.error("E0308"),
                    new Diagnostic(
                            Severity.WARNING,
                            "-Wunused",
                            Optional.of("-Wunused"),
                            Optional.empty(),
                            Optional.empty(),
                            OptionalInt.empty(),
                            OptionalInt.of(3),
                            "ld")),
            3,
            4);

    /** Random attempts; two of them may start at the same time, or belong to one build. */
    public static Arbitrary<Attempt> attempts() {
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.of(Attempt.Kind.values()),
                        Arbitraries.integers().between(0, MINUTES),
                        Arbitraries.integers().between(0, 2_000),
                        Arbitraries.of(0, 1 << 8, 2, 9, 11, 6 | 0x80),
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.of(false, true),
                        Arbitraries.integers().between(0, 30))
                .as(Stories::attempt);
    }

    private static Attempt attempt(
            long id, Attempt.Kind kind, int minute, int seconds, int status, int cpu, boolean flag, int call) {
        return new Attempt(
                new UUID(1, id),
                kind,
                "GCC",
                "main " + id,
                new Execution(
                        Story.BEGIN.plus(Duration.ofMinutes(minute)),
                        Story.BEGIN.plus(Duration.ofMinutes(minute)).plusSeconds(seconds),
                        new WaitStatus(status),
                        Duration.ofSeconds(cpu),
                        minute),
                new BuildFiles(
                        List.of("a" + cpu, "b"),
                        flag ? OptionalLong.of(minute) : OptionalLong.empty(),
                        List.of("a.out"),
                        flag),
                new Descent(
                        flag ? Optional.of(new UUID(2, id)) : Optional.empty(),
                        kind == Attempt.Kind.BUILD && call < 3 ? Optional.of(new UUID(3, call)) : Optional.empty(),
                        flag ? List.of("gdb", "번역") : List.of()),
                new Origin(
                        flag ? "lab-" + cpu : "",
                        cpu < 5 ? Optional.of(new ProgramStamp("main", cpu, Story.BEGIN)) : Optional.empty()),
                !flag,
                flag ? List.of("option -Wall") : List.of(),
                flag ? SAID : Diagnostics.NONE);
    }
}
