package io.procmon.classroom.workflow;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The attempts of one student at one homework, in the order of their starts. All compiles of one call of a build tool
 * are one build, which failed if one of them failed.
 *
 * @param attempts in order, without duplicates
 */
public record History(List<Attempt> attempts) {

    /**
     * Creates a history from attempts in any order. Duplicates are removed, and runs are matched with builds of other
     * nodes.
     */
    public static History of(Collection<Attempt> attempts) {
        Map<UUID, Attempt> whole = new LinkedHashMap<>();
        for (Attempt attempt : BuildTrace.of(attempts)) {
            whole.merge(attempt.descent().buildCall().orElse(attempt.id()), attempt, History::together);
        }
        return new History(List.copyOf(whole.values()));
    }

    /** The attempts that began after a point in time. */
    History after(Instant time) {
        return new History(attempts.stream()
                .filter(attempt -> attempt.startedAt().isAfter(time))
                .toList());
    }

    /** The builds, in order. */
    public List<Attempt> builds() {
        return select(Attempt::isBuild);
    }

    /** The runs, in order. */
    public List<Attempt> runs() {
        return select(Attempt::isRun);
    }

    /** A loop, because the rows of a class call this hundred thousand times. */
    private List<Attempt> select(Predicate<Attempt> which) {
        List<Attempt> selected = new ArrayList<>();
        for (Attempt attempt : attempts) {
            if (which.test(attempt)) {
                selected.add(attempt);
            }
        }
        return selected;
    }

    /** Start of the first attempt; empty without attempts. */
    public Optional<Instant> first() {
        return attempts.isEmpty()
                ? Optional.empty()
                : Optional.of(attempts.getFirst().startedAt());
    }

    /** The latest end of an attempt; empty without attempts. */
    public Optional<Instant> last() {
        return attempts.stream().map(Attempt::endedAt).max(Instant::compareTo);
    }

    /**
     * The sessions.
     *
     * @param idle the shortest time without an attempt that ends a session
     */
    public List<Session> sessions(Duration idle) {
        List<Session> sessions = new ArrayList<>();
        for (Attempt attempt : attempts) {
            Optional<Session> current = sessions.isEmpty() ? Optional.empty() : Optional.of(sessions.getLast());
            if (current.isPresent() && current.get().isStillOnAt(attempt.startedAt(), idle)) {
                sessions.set(sessions.size() - 1, current.get().with(attempt));
            } else {
                sessions.add(Session.of(attempt));
            }
        }
        return List.copyOf(sessions);
    }

    /** The cycles, in order. */
    public List<Cycle> cycles() {
        List<Cycle> cycles = new ArrayList<>();
        Cycle current = Cycle.EMPTY;
        for (Attempt attempt : attempts) {
            if (attempt.isBuild() && current.isOver()) {
                cycles.add(current);
                current = Cycle.EMPTY;
            }
            current = current.with(attempt);
        }
        if (!current.equals(Cycle.EMPTY)) {
            cycles.add(current);
        }
        return List.copyOf(cycles);
    }

    /**
     * Merges two compiles of one build. The first failed compile gives the ending of the build; without one, the first
     * stopped compile.
     */
    private static Attempt together(Attempt one, Attempt other) {
        return new Attempt(
                one.id(),
                one.kind(),
                one.type(),
                one.target(),
                executionOf(one, other),
                together(one.files(), other.files()),
                new Descent(
                        Optional.empty(),
                        one.descent().buildCall(),
                        one.descent().wrappers()),
                one.origin(),
                false,
                together(one.failedChecks(), other.failedChecks()),
                one.diagnostics().and(other.diagnostics()));
    }

    private static Execution executionOf(Attempt one, Attempt other) {
        boolean lastDecides = one.status().isSuccess() || (other.isFailedBuild() && !one.isFailedBuild());
        return new Execution(
                one.startedAt(),
                one.endedAt().isAfter(other.endedAt()) ? one.endedAt() : other.endedAt(),
                lastDecides ? other.status() : one.status(),
                one.execution().cpu().plus(other.execution().cpu()),
                Math.max(one.execution().peakMemory(), other.execution().peakMemory()));
    }

    private static BuildFiles together(BuildFiles one, BuildFiles other) {
        boolean bothKnown = one.sourceBytes().isPresent() && other.sourceBytes().isPresent();
        return new BuildFiles(
                together(one.sources(), other.sources()),
                bothKnown
                        ? OptionalLong.of(sum(
                                one.sourceBytes().getAsLong(),
                                other.sourceBytes().getAsLong()))
                        : OptionalLong.empty(),
                together(one.outputs(), other.outputs()),
                one.program() || other.program());
    }

    /** Adds without overflow. Both values are at least zero, and a sparse file can have any size. */
    private static long sum(long one, long other) {
        return one + Math.min(other, Long.MAX_VALUE - one);
    }

    private static List<String> together(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }
}
