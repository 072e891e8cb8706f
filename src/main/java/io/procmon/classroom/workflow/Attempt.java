package io.procmon.classroom.workflow;

import io.procmon.diagnostics.Diagnostic;
import io.procmon.diagnostics.Diagnostics;
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
 * A build or a run, with the fields that the analysis needs. It names no student and has no arguments.
 *
 * @param id the activity's event id
 * @param kind a build or a run
 * @param type such as {@code GCC}
 * @param startedAt start of the process
 * @param endedAt end of the process
 * @param status the wait status
 * @param cpu CPU time of all threads
 * @param peakMemory the largest resident set, in bytes
 * @param target the first source, the script or the program, relative to the homework directory
 * @param sources for a build: its source files, relative to the homework directory
 * @param sourceBytes for a build: total size of its sources, in bytes; empty if the sources could not be read
 * @param program for a build: whether its output is a program, and not an object file or a list of errors
 * @param test for a run: whether it runs tests
 * @param builtBy for a run: the build that made its program; empty if it is unknown
 * @param buildCall for a build: the id of the build tool's call, equal for all its compiles; empty without a build tool
 * @param wrappers programs that ran the attempt as their command, the outermost first, such as {@code gdb}
 * @param outputs for a build: its output files, relative to the homework directory
 * @param failedChecks the requirements that the attempt does not meet, such as {@code option -Wall}
 * @param diagnostics errors and warnings of the tool or the program, as far as the level allows
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
        List<String> failedChecks,
        Diagnostics diagnostics) {

    /** Orders attempts by their start. Two different attempts never compare as equal. */
    public static final Comparator<Attempt> BY_START = Comparator.comparing(Attempt::startedAt)
            .thenComparing(attempt -> attempt.id().toString());

    private static final Set<String> SIGNALS_OF_TIMEOUT = Set.of("SIGTERM", "SIGKILL");

    /** The kind of an attempt. */
    public enum Kind {
        /** A compiler ran. */
        BUILD,
        /** A program ran. */
        RUN;

        /** The value in JSON. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same attempt with its file names replaced, because students may name files after themselves. */
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
                failedChecks.stream().map(names).toList(),
                diagnostics.renamed(names));
    }

    /** The types of its errors, each once, in order. */
    public List<String> errorTypes() {
        return diagnostics.onlyErrors().stream()
                .map(Diagnostic::type)
                .distinct()
                .toList();
    }

    /** The ending that the wait status shows. */
    public Ending ending() {
        return Ending.of(status);
    }

    public boolean isBuild() {
        return kind == Kind.BUILD;
    }

    /** Whether this is a build that failed. A build that a student stopped does not count: it gave no result. */
    public boolean isFailedBuild() {
        return isBuild() && (ending() == Ending.FAILED || ending() == Ending.CRASHED);
    }

    /** Whether this is a build that succeeded. */
    public boolean isGoodBuild() {
        return isBuild() && ending() == Ending.OK;
    }

    public boolean isRun() {
        return kind == Kind.RUN;
    }

    /** Whether the attempt compiled this source, or ran it as a script. */
    public boolean isFrom(String source) {
        return sources.contains(source) || (isRun() && target.equals(source));
    }

    /** Whether a time limit ended the attempt: timeout(1), or the limit of CPU time of setrlimit(2). */
    public boolean isTimeout() {
        String signal = signal().orElse("");
        return signal.equals("SIGXCPU") || (wrappers.contains("timeout") && SIGNALS_OF_TIMEOUT.contains(signal));
    }

    /** Wall-clock time. */
    public Duration duration() {
        return Duration.between(startedAt, endedAt);
    }

    /** The name of the signal that ended the attempt, such as {@code SIGSEGV}. */
    public Optional<String> signal() {
        return status.signal().isPresent()
                ? Optional.of(Signals.name(status.signal().getAsInt()))
                : Optional.empty();
    }
}
