package io.procmon.classroom.workflow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One turn of programming: builds until one is good, then runs until the next build. Scripts need no build: their runs are
 * turns without one.
 *
 * @param failures the builds that failed, in order
 * @param success the build that was good; empty if the student has not come so far
 * @param runs what was run then, in order
 */
public record Cycle(List<Attempt> failures, Optional<Attempt> success, List<Attempt> runs) {

    static final Cycle EMPTY = new Cycle(List.of(), Optional.empty(), List.of());

    /** A build that somebody stopped changes nothing. */
    Cycle with(Attempt attempt) {
        if (attempt.isFailedBuild()) {
            return new Cycle(append(failures, attempt), success, runs);
        }
        if (attempt.isGoodBuild()) {
            return new Cycle(failures, Optional.of(attempt), runs);
        }
        return attempt.isRun() ? new Cycle(failures, success, append(runs, attempt)) : this;
    }

    /** Whether a build that follows begins another turn. */
    boolean isOver() {
        return success.isPresent() || !runs.isEmpty();
    }

    /** From the end of the first build that failed to the end of the one that was good. */
    public Optional<Duration> repair() {
        return failures.isEmpty()
                ? Optional.empty()
                : success.map(good -> Duration.between(failures.getFirst().endedAt(), good.endedAt()));
    }

    /** From the end of the build to the beginning of the first run; none if that had begun before. */
    public Optional<Duration> buildToRun() {
        return runs.isEmpty()
                ? Optional.empty()
                : success.map(good ->
                                Duration.between(good.endedAt(), runs.getFirst().startedAt()))
                        .filter(time -> !time.isNegative());
    }

    private static List<Attempt> append(List<Attempt> attempts, Attempt attempt) {
        return Stream.concat(attempts.stream(), Stream.of(attempt)).toList();
    }
}
