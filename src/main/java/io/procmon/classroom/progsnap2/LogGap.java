package io.procmon.classroom.progsnap2;

import java.time.Instant;

/**
 * A time in which the log is incomplete.
 *
 * @param from the beginning
 * @param to the end
 * @param cause {@code down} if procmon did not watch, else the reason why events were lost
 * @param lost the number of lost events; 0 if it is unknown
 */
public record LogGap(Instant from, Instant to, String cause, long lost) {

    /** The cause of a gap in which procmon did not watch. */
    public static final String DOWN = "down";
}
