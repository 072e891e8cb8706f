package io.procmon.classroom.workflow;

import io.procmon.process.WaitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What the analysis keeps of an activity: a build or a run, and no more of it than a teacher asks for. It names no student,
 * and holds no arguments.
 *
 * @param id the activity's event id
 * @param kind a build or a run
 * @param type such as {@code GCC}
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param status how it ended
 * @param cpu processor time, of all its threads
 * @param peakMemory the largest resident set, in bytes
 * @param target the first source, the script or the program, relative to the homework directory
 * @param sources of a build: its source files, relative to the homework directory
 * @param sourceBytes of a build: how large its sources are together; empty if nobody could look
 * @param program of a build: whether it was to make a program, rather than an object file or a list of errors
 * @param test of a run: whether it runs tests
 * @param builtBy of a run: the build that made its program; empty if none is known
 * @param buildCall of a build: the same for all that one call of a build tool asked for; empty if none was called
 * @param wrappers what it was started through, the outermost first, such as {@code gdb}
 * @param outputs of a build: the files that it was to write, relative to the homework directory
 * @param failedChecks the requirements that it misses, such as {@code option -Wall}
 */
public record Attempt(
        UUID id,
        Kind kind,
        String type,
        Instant startedAt,
        Instant endedAt,
        WaitStatus status,
        Duration cpu,
        long peakMemory,
        String target,
        List<String> sources,
        OptionalLong sourceBytes,
        boolean program,
        boolean test,
        Optional<UUID> builtBy,
        Optional<UUID> buildCall,
        List<String> wrappers,
        List<String> outputs,
        List<String> failedChecks) {

    /** In the order in which the student began them; no two attempts are equal in it. */
    public static final Comparator<Attempt> BY_START = Comparator.comparing(Attempt::startedAt)
            .thenComparing(attempt -> attempt.id().toString());

    private static final Set<String> SIGNALS_OF_TIMEOUT = Set.of("SIGTERM", "SIGKILL");

    /** What an attempt is. */
    public enum Kind {
        /** A compiler translated something. */
        BUILD,
        /** A program ran. */
        RUN;

        /** As a member of JSON has it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same with other names for its files: students name theirs after themselves. */
    public Attempt renamed(UnaryOperator<String> names) {
        return new Attempt(
                id,
                kind,
                type,
                startedAt,
                endedAt,
                status,
                cpu,
                peakMemory,
                names.apply(target),
                sources.stream().map(names).toList(),
                sourceBytes,
                program,
                test,
                builtBy,
                buildCall,
                wrappers,
                outputs.stream().map(names).toList(),
                failedChecks.stream().map(names).toList());
    }

    /** How it ended. */
    public Ending ending() {
        return Ending.of(status);
    }

    /** Whether it is a build. */
    public boolean isBuild() {
        return kind == Kind.BUILD;
    }

    /** Whether it is a build that did not come to its end. Who stops a compiler has learnt nothing from it. */
    public boolean isFailedBuild() {
        return isBuild() && (ending() == Ending.FAILED || ending() == Ending.CRASHED);
    }

    /** Whether it is a build that came to its end. */
    public boolean isGoodBuild() {
        return isBuild() && ending() == Ending.OK;
    }

    /** Whether it is a run. */
    public boolean isRun() {
        return kind == Kind.RUN;
    }

    /** Whether it made something of a source, or ran it. */
    public boolean isFrom(String source) {
        return sources.contains(source) || (isRun() && target.equals(source));
    }

    /** Whether a time limit ended it: timeout(1)'s, which goes by the clock, or setrlimit(2)'s of processor time. */
    public boolean isTimeout() {
        String signal = signal().orElse("");
        return signal.equals("SIGXCPU") || (wrappers.contains("timeout") && SIGNALS_OF_TIMEOUT.contains(signal));
    }

    /** Wall time. */
    public Duration duration() {
        return Duration.between(startedAt, endedAt);
    }

    /** The name of the signal that ended it, such as {@code SIGSEGV}. */
    public Optional<String> signal() {
        return status.signal().isPresent()
                ? Optional.of(Signals.name(status.signal().getAsInt()))
                : Optional.empty();
    }
}
