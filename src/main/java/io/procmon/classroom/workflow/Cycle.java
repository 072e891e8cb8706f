package io.procmon.classroom.workflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One cycle of programming: builds until one succeeds, then runs until the next build. Scripts need no build, so their
 * cycles have only runs.
 *
 * @param failures the failed builds, in order
 * @param success the successful build; empty if there is none yet
 * @param runs the runs after it, in order
 */
public record Cycle(List<Attempt> failures, Optional<Attempt> success, List<Attempt> runs) {

    static final Cycle EMPTY = new Cycle(List.of(), Optional.empty(), List.of());

    /** Adds an attempt. A stopped build does not change the cycle. */
    Cycle with(Attempt attempt) {
        if (attempt.isFailedBuild()) {
            return new Cycle(append(failures, attempt), success, runs);
        }
        if (attempt.isGoodBuild()) {
            return new Cycle(failures, Optional.of(attempt), runs);
        }
        return attempt.isRun() ? new Cycle(failures, success, append(runs, attempt)) : this;
    }

    /** Whether the next build begins another cycle. */
    boolean isOver() {
        return success.isPresent() || !runs.isEmpty();
    }

    /** Time from the end of the first failed build to the end of the successful one. */
    public Optional<Duration> repair() {
        return failures.isEmpty()
                ? Optional.empty()
                : success.map(good -> Duration.between(failures.getFirst().endedAt(), good.endedAt()));
    }

    /** Time from the end of the build to the start of the first run; empty if the run started earlier. */
    public Optional<Duration> buildToRun() {
        return runs.isEmpty()
                ? Optional.empty()
                : success.map(good ->
                                Duration.between(good.endedAt(), runs.getFirst().startedAt()))
                        .filter(time -> !time.isNegative());
    }

    private static List<Attempt> append(List<Attempt> attempts, Attempt attempt) {
        List<Attempt> all = new ArrayList<>(attempts);
        all.add(attempt);
        return List.copyOf(all);
    }
}
