package io.procmon.events;

import java.time.Duration;
import java.time.Instant;

/**
 * A point in time as the kernel stamped it.
 *
 * @param bootNanos nanoseconds of {@code CLOCK_BOOTTIME}, which no one can set: differences are taken from here
 * @param utc the same point by the node's wall clock at the time of reading
 */
public record Moment(long bootNanos, Instant utc) {

    /** The time from this point to a later one. */
    public Duration until(Moment later) {
        return Duration.ofNanos(later.bootNanos - bootNanos);
    }
}
