package io.procmon.classroom.workflow;

import io.procmon.diagnostics.Diagnostic;
import io.procmon.diagnostics.Diagnostics;
import io.procmon.process.WaitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A build or a run, with the fields that the analysis needs. It names no student and has no arguments.
 *
 * @param id the activity's event id
 * @param kind a build or a run
 * @param type such as {@code GCC}
 * @param target the first source, the script or the program, relative to the homework directory
 * @param execution the times, the wait status and the resources
 * @param files for a build: the files that it read and wrote
 * @param descent the activities from which it descends
 * @param origin the node and the program
 * @param test for a run: whether it runs tests
 * @param failedChecks the requirements that the attempt does not meet, such as {@code option -Wall}
 * @param diagnostics errors and warnings of the tool or the program, as far as the level permits
 */
public record Attempt(
        UUID id,
        Kind kind,
        String type,
        String target,
        Execution execution,
        BuildFiles files,
        Descent descent,
        Origin origin,
        boolean test,
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
                names.apply(target),
                execution,
                files.renamed(names),
                descent,
                origin.renamed(names),
                test,
                failedChecks.stream().map(names).toList(),
                diagnostics.renamed(names));
    }

    /** The same attempt with another origin. */
    public Attempt with(Origin known) {
        return new Attempt(id, kind, type, target, execution, files, descent, known, test, failedChecks, diagnostics);
    }

    /** The same run with the build that wrote its program. */
    Attempt builtBy(Attempt build) {
        Descent known = new Descent(Optional.of(build.id()), descent.buildCall(), descent.wrappers());
        return new Attempt(
                id,
                kind,
                type,
                target,
                execution,
                files,
                known,
                origin.builtOn(build.origin()),
                test,
                failedChecks,
                diagnostics);
    }

    /** Start of the process. */
    public Instant startedAt() {
        return execution.startedAt();
    }

    /** End of the process. */
    public Instant endedAt() {
        return execution.endedAt();
    }

    /** The wait status. */
    public WaitStatus status() {
        return execution.status();
    }

    /** The types of its errors, each once, in order. */
    public List<String> errorTypes() {
        Set<String> types = new LinkedHashSet<>();
        for (Diagnostic diagnostic : diagnostics.list()) {
            if (diagnostic.isError()) {
                types.add(diagnostic.type());
            }
        }
        return types.isEmpty() ? List.of() : List.copyOf(types);
    }

    /** The ending that the wait status shows. */
    public Ending ending() {
        return Ending.of(status());
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
        return files.sources().contains(source) || (isRun() && target.equals(source));
    }

    /** Whether a time limit ended the attempt: timeout(1), or the limit of CPU time of setrlimit(2). */
    public boolean isTimeout() {
        String signal = signal().orElse("");
        return signal.equals("SIGXCPU")
                || (descent.wrappers().contains("timeout") && SIGNALS_OF_TIMEOUT.contains(signal));
    }

    /** Wall-clock time. */
    public Duration duration() {
        return execution.duration();
    }

    /** The name of the signal that ended the attempt, such as {@code SIGSEGV}. */
    public Optional<String> signal() {
        return status().signal().isPresent()
                ? Optional.of(Signals.name(status().signal().getAsInt()))
                : Optional.empty();
    }
}
