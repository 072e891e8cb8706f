package io.procmon.classroom.workflow;

import java.time.Duration;
import java.time.Instant;

/**
 * A period of work on a homework without a long pause. Catledge and Pitkow (Characterizing browsing strategies in the
 * World-Wide Web, 1995) found that a pause of 25.5 minutes separates sessions; later work usually takes half an hour.
 *
 * @param from start of the first attempt
 * @param to end of the last attempt
 * @param attempts the number of attempts
 */
public record Session(Instant from, Instant to, int attempts) {

    static Session of(Attempt attempt) {
        return new Session(attempt.startedAt(), attempt.endedAt(), 1);
    }

    Session with(Attempt attempt) {
        return new Session(from, attempt.endedAt().isAfter(to) ? attempt.endedAt() : to, attempts + 1);
    }

    /** Whether an attempt at {@code time} would still belong to this session. */
    public boolean isStillOnAt(Instant time, Duration idle) {
        return Duration.between(to, time).compareTo(idle) < 0;
    }

    /** Whether the attempt belongs to this session. Sessions do not overlap, so the start of the attempt decides. */
    boolean has(Attempt attempt) {
        return !attempt.startedAt().isBefore(from) && !attempt.startedAt().isAfter(to);
    }

    /** Time from the start of the first attempt to the end of the last. */
    public Duration duration() {
        return Duration.between(from, to);
    }
}
