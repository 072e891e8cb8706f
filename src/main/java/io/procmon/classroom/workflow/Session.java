package io.procmon.classroom.workflow;

import java.time.Duration;
import java.time.Instant;

/**
 * Time that a student spent at a homework without a long pause. Catledge and Pitkow (Characterizing browsing strategies in
 * the World-Wide Web, 1995) found 25.5 minutes between one session and the next; half an hour has been usual since.
 *
 * @param from when its first attempt began
 * @param to when the last of its attempts ended
 * @param attempts how many there were
 */
public record Session(Instant from, Instant to, int attempts) {

    static Session of(Attempt attempt) {
        return new Session(attempt.startedAt(), attempt.endedAt(), 1);
    }

    Session with(Attempt attempt) {
        return new Session(from, attempt.endedAt().isAfter(to) ? attempt.endedAt() : to, attempts + 1);
    }

    /** Whether it would not be over yet at a time. */
    public boolean isStillOnAt(Instant time, Duration idle) {
        return Duration.between(to, time).compareTo(idle) < 0;
    }

    /** Whether an attempt belongs to it. Sessions are apart, so that its beginning tells. */
    boolean has(Attempt attempt) {
        return !attempt.startedAt().isBefore(from) && !attempt.startedAt().isAfter(to);
    }

    /** How long it was. */
    public Duration duration() {
        return Duration.between(from, to);
    }
}
