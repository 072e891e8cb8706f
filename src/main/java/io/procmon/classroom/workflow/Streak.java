package io.procmon.classroom.workflow;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Attempts of the same kind in a row.
 *
 * @param attempts in order; at least one
 * @param ongoing whether no later attempt has ended the streak
 */
public record Streak(List<Attempt> attempts, boolean ongoing) {

    /**
     * Finds the streaks in a list of attempts.
     *
     * @param counts selects the attempts of a streak
     * @param ends selects the attempts that end a streak; all others are ignored
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

    /** The number of attempts. */
    public int length() {
        return attempts.size();
    }

    /** Start of the first attempt. */
    public Instant from() {
        return attempts.getFirst().startedAt();
    }

    /** End of the last attempt. */
    public Instant to() {
        return attempts.getLast().endedAt();
    }

    /**
     * Time from the start of the first attempt to the end of the last, without pauses.
     *
     * @param idle the shortest time without an attempt of the streak that is a pause
     */
    public Duration activeTime(Duration idle) {
        return activeTime(attempts, idle);
    }

    static Duration activeTime(List<Attempt> attempts, Duration idle) {
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

    /** The streak as a finding of a pattern. */
    public Finding finding() {
        return new Finding(attempts.stream().map(Attempt::startedAt).toList(), to(), ongoing);
    }
}
