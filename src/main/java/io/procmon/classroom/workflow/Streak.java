package io.procmon.classroom.workflow;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Attempts of the same kind in a row.
 *
 * @param attempts in order, one at least
 * @param ongoing whether nothing has ended it yet
 */
public record Streak(List<Attempt> attempts, boolean ongoing) {

    /**
     * The streaks in a list of attempts.
     *
     * @param counts what a streak is of
     * @param ends what ends it; all else neither counts nor ends it
     */
    public static List<Streak> in(List<Attempt> attempts, Predicate<Attempt> counts, Predicate<Attempt> ends) {
        List<Streak> streaks = new ArrayList<>();
        List<Attempt> current = new ArrayList<>();
        for (Attempt attempt : attempts) {
            if (counts.test(attempt)) {
                current.add(attempt);
            } else if (ends.test(attempt) && !current.isEmpty()) {
                streaks.add(new Streak(List.copyOf(current), false));
                current.clear();
            }
        }
        if (!current.isEmpty()) {
            streaks.add(new Streak(List.copyOf(current), true));
        }
        return streaks;
    }

    /** How many attempts. */
    public int length() {
        return attempts.size();
    }

    /** When the first began. */
    public Instant from() {
        return attempts.getFirst().startedAt();
    }

    /** When the last ended. */
    public Instant to() {
        return attempts.getLast().endedAt();
    }

    /** From the first to the last. */
    public Duration duration() {
        return Duration.between(from(), to());
    }

    /** As a pattern's finding. */
    public Finding finding() {
        return new Finding(from(), to(), length(), ongoing);
    }
}
