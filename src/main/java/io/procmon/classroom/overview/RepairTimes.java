package io.procmon.classroom.overview;

import io.procmon.classroom.overview.Cohort.Norm;
import io.procmon.classroom.workflow.Repairs;
import io.procmon.classroom.workflow.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The longest repair of each student at each step of a homework. */
final class RepairTimes {

    private final Map<Step, List<Duration>> inOrder = new HashMap<>();

    void add(Repairs repairs) {
        repairs.longest().forEach((step, time) -> {
            List<Duration> times = inOrder.computeIfAbsent(step, _ -> new ArrayList<>());
            int found = Collections.binarySearch(times, time);
            times.add(found < 0 ? -found - 1 : found, time);
        });
    }

    /** @param repairs they were added before */
    void remove(Repairs repairs) {
        repairs.longest().forEach((step, time) -> {
            List<Duration> times = inOrder.get(step);
            times.remove(Collections.binarySearch(times, time));
        });
    }

    /**
     * The percentile of the repair times of the other students, at the step at which a student's builds fail now.
     *
     * @param repairs those of the student, which were added before
     * @param share the percentile, in percent
     * @return empty if nothing fails, or if no other student has repaired a build at this step
     */
    Optional<Norm> norm(Repairs repairs, int share) {
        return repairs.open().flatMap(open -> {
            List<Duration> times = inOrder.getOrDefault(open.step(), List.of());
            Duration own = repairs.longest().get(open.step());
            int ownIndex = own == null ? times.size() : Collections.binarySearch(times, own);
            int others = own == null ? times.size() : times.size() - 1;
            if (others == 0) {
                return Optional.empty();
            }
            int rank = Math.ceilDiv(others * share, 100) - 1;
            return Optional.of(new Norm(others, share, times.get(rank < ownIndex ? rank : rank + 1)));
        });
    }
}
