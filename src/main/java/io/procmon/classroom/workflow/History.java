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
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The attempts of one student at one homework, in the order in which they began. All that one call of a build tool
 * compiled is one build in it: it failed if a part of it failed.
 *
 * @param attempts in order, each once
 */
public record History(List<Attempt> attempts) {

    /** A history of attempts that came in any order, and perhaps more than once. */
    public static History of(Collection<Attempt> attempts) {
        TreeSet<Attempt> inOrder = new TreeSet<>(Attempt.BY_START);
        inOrder.addAll(attempts);
        Map<UUID, Attempt> whole = new LinkedHashMap<>();
        for (Attempt attempt : inOrder) {
            whole.merge(attempt.buildCall().orElse(attempt.id()), attempt, History::together);
        }
        return new History(List.copyOf(whole.values()));
    }

    /** The builds. */
    public List<Attempt> builds() {
        return attempts.stream().filter(Attempt::isBuild).toList();
    }

    /** The runs. */
    public List<Attempt> runs() {
        return attempts.stream().filter(Attempt::isRun).toList();
    }

    /** When the first attempt began. */
    public Optional<Instant> first() {
        return attempts.isEmpty()
                ? Optional.empty()
                : Optional.of(attempts.getFirst().startedAt());
    }

    /** When the last of them ended. */
    public Optional<Instant> last() {
        return attempts.stream().map(Attempt::endedAt).max(Instant::compareTo);
    }

    /**
     * Time at the homework, cut where nothing happened for a while.
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

    /** The ways from a first build to the runs of what came of it. */
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

    /** Two parts of one build; the first that failed tells how the whole ended, or else the first that was stopped. */
    private static Attempt together(Attempt one, Attempt other) {
        return new Attempt(
                one.id(),
                one.kind(),
                one.type(),
                one.startedAt(),
                one.endedAt().isAfter(other.endedAt()) ? one.endedAt() : other.endedAt(),
                one.status().isSuccess() || (other.isFailedBuild() && !one.isFailedBuild())
                        ? other.status()
                        : one.status(),
                one.cpu().plus(other.cpu()),
                Math.max(one.peakMemory(), other.peakMemory()),
                one.target(),
                together(one.sources(), other.sources()),
                one.sourceBytes().isPresent() && other.sourceBytes().isPresent()
                        ? OptionalLong.of(sum(
                                one.sourceBytes().getAsLong(),
                                other.sourceBytes().getAsLong()))
                        : OptionalLong.empty(),
                one.program() || other.program(),
                false,
                Optional.empty(),
                one.buildCall(),
                one.wrappers(),
                together(one.outputs(), other.outputs()),
                together(one.failedChecks(), other.failedChecks()));
    }

    /** Both are at least zero, and a sparse file can have any size. */
    private static long sum(long one, long other) {
        return one + Math.min(other, Long.MAX_VALUE - one);
    }

    private static List<String> together(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }
}
