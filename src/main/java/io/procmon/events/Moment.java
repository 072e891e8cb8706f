package io.procmon.events;

import java.time.Duration;
import java.time.Instant;

/**
 * A point in time, stamped by the kernel.
 *
 * @param bootNanos nanoseconds of {@code CLOCK_BOOTTIME}, a clock that cannot be set; differences are computed from
 *     this value
 * @param utc the same time by the node's wall clock, converted when the record was read
 */
public record Moment(long bootNanos, Instant utc) {

    /** Time from this moment to a later one, by the boot clock. */
    public Duration until(Moment later) {
        return Duration.ofNanos(later.bootNanos - bootNanos);
    }
}
