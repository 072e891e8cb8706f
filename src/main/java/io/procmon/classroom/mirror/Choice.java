package io.procmon.classroom.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The decisions of a student about the record of one course and section.
 *
 * @param optedOutAt when the student opted out; empty while activities are recorded
 * @param deletedUntil activities that began at this time or earlier are not stored, because the student has deleted the
 *     record; empty without a deletion
 */
public record Choice(Optional<Instant> optedOutAt, Optional<Instant> deletedUntil) {

    /** The choice of a student who has decided nothing. */
    public static final Choice NONE = new Choice(Optional.empty(), Optional.empty());

    /**
     * The longest time by which the clock of a node may be ahead so that a deletion includes its activities for ever. A
     * clock that is wrong by years must not end the record of a student.
     */
    private static final Duration AHEAD_MAX = Duration.ofDays(1);

    /**
     * The {@link #deletedUntil} of a deletion.
     *
     * @param now the time of the deletion
     * @param newest when the newest deleted activity began, by the clock of its node
     */
    public static Instant deletedUntil(Instant now, Instant newest) {
        Instant latest = now.plus(AHEAD_MAX);
        Instant ahead = newest.isAfter(latest) ? latest : newest;
        return ahead.isAfter(now) ? ahead : now;
    }

    /** Whether an activity that began at a time belongs to a deleted record. */
    public boolean isDeleted(Instant startedAt) {
        return deletedUntil.filter(until -> !startedAt.isAfter(until)).isPresent();
    }

    /** The same with another time of opting out. */
    public Choice withOptedOutAt(Optional<Instant> time) {
        return new Choice(time, deletedUntil);
    }

    /** The same after a deletion. An earlier deletion stays in effect. */
    public Choice withDeletedUntil(Instant time) {
        return new Choice(optedOutAt, Optional.of(isDeleted(time) ? deletedUntil.orElseThrow() : time));
    }
}
