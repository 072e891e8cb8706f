package io.procmon.classroom.progsnap2;

import java.time.Instant;

/**
 * A time of which the log is incomplete.
 *
 * @param from its begin
 * @param to its end
 * @param cause {@code down} where procmon did not watch, else the reason why events were lost
 * @param lost how many events were lost; 0 if that is unknown
 */
public record LogGap(Instant from, Instant to, String cause, long lost) {

    /** The cause of a gap in which procmon did not watch. */
    public static final String DOWN = "down";
}
