package io.procmon.classroom.workflow;

import io.procmon.classroom.course.HomeworkRequirements;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The time to repair failed builds, by the step of the homework at which they occurred. A student is at the first of
 * the steps "built", "ran" and the milestones that was not reached yet; after all of them, at "done". Pauses between
 * sessions do not count.
 *
 * @param longest the longest repair at each step, from the start of the first failed build to the end of the successful
 * one
 * @param open the failed builds in a row that no successful one has followed; empty if there are none
 */
public record Repairs(Map<Step, Duration> longest, Optional<Open> open) {

    /**
     * Failed builds in a row that are not repaired.
     *
     * @param step the student's step at the first failed build
     * @param builds their number
     * @param from the start of the first
     * @param time the time so far, to the end of the last
     */
    public record Open(Step step, int builds, Instant from, Duration time) {}

    /**
     * Computes the repairs of a history.
     *
     * @param since the last time at which a teacher was with the student; earlier failures are not open any more
     * @param idle the shortest time without an attempt that ends a session
     */
    static Repairs of(
            History history, Optional<HomeworkRequirements> required, Optional<Instant> since, Duration idle) {
        Map<Step, Optional<Instant>> times = Progress.firstTimes(history.attempts(), required);
        Map<Step, Duration> longest = new LinkedHashMap<>();
        List<Attempt> failures = new ArrayList<>();
        for (Attempt build : history.builds()) {
            if (build.isFailedBuild()) {
                failures.add(build);
            } else if (build.isGoodBuild() && !failures.isEmpty()) {
                Step step = at(times, failures.getFirst().startedAt());
                failures.add(build);
                longest.merge(step, time(failures, idle), (one, other) -> one.compareTo(other) > 0 ? one : other);
                failures.clear();
            }
        }
        failures.removeIf(
                build -> since.filter(it -> !build.startedAt().isAfter(it)).isPresent());
        return new Repairs(Map.copyOf(longest), open(failures, times, idle));
    }

    private static Optional<Open> open(List<Attempt> failures, Map<Step, Optional<Instant>> times, Duration idle) {
        if (failures.isEmpty()) {
            return Optional.empty();
        }
        Instant from = failures.getFirst().startedAt();
        return Optional.of(new Open(at(times, from), failures.size(), from, time(failures, idle)));
    }

    private static Step at(Map<Step, Optional<Instant>> times, Instant time) {
        return times.entrySet().stream()
                .filter(step -> step.getValue().filter(time::isAfter).isEmpty())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Step.of(Step.Kind.DONE));
    }

    /** The time from the start of the first attempt to the end of the last, without pauses. */
    private static Duration time(List<Attempt> attempts, Duration idle) {
        Duration time = Duration.ZERO;
        Instant until = attempts.getFirst().startedAt();
        for (Attempt attempt : attempts) {
            Duration pause = Duration.between(until, attempt.startedAt());
            Instant from = pause.compareTo(idle) < 0 ? until : attempt.startedAt();
            Duration more = Duration.between(from, attempt.endedAt());
            time = more.isNegative() ? time : time.plus(more);
            until = attempt.endedAt().isAfter(until) ? attempt.endedAt() : until;
        }
        return time;
    }
}
