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
     * @param since the start of the first of them in the current session; empty if it has none
     */
    public record Open(Step step, int builds, Instant from, Duration time, Optional<Instant> since) {}

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
                longest.merge(
                        step,
                        Streak.activeTime(failures, idle),
                        (one, other) -> one.compareTo(other) > 0 ? one : other);
                failures.clear();
            }
        }
        failures.removeIf(
                build -> since.filter(it -> !build.startedAt().isAfter(it)).isPresent());
        return new Repairs(Map.copyOf(longest), open(failures, times, history, idle));
    }

    private static Optional<Open> open(
            List<Attempt> failures, Map<Step, Optional<Instant>> times, History history, Duration idle) {
        if (failures.isEmpty()) {
            return Optional.empty();
        }
        Instant from = failures.getFirst().startedAt();
        Session current = history.sessions(idle).getLast();
        Optional<Instant> since = failures.stream()
                .map(Attempt::startedAt)
                .filter(start -> !start.isBefore(current.from()))
                .findFirst();
        return Optional.of(new Open(at(times, from), failures.size(), from, Streak.activeTime(failures, idle), since));
    }

    private static Step at(Map<Step, Optional<Instant>> times, Instant time) {
        return times.entrySet().stream()
                .filter(step -> step.getValue().filter(time::isAfter).isEmpty())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Step.of(Step.Kind.DONE));
    }
}
