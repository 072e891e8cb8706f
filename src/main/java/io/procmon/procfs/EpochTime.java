package io.procmon.procfs;

import java.time.Instant;

/**
 * Wall-clock times as the kernel program sends them: nanoseconds since 1970 in 64 bits. Such a number is a time between
 * the years 1677 and 2262. A student can give a file any time, even one that {@link Instant} cannot represent. Its
 * nanoseconds overflow in the same way here and in the kernel program, so both still identify the same contents.
 */
public final class EpochTime {

    private static final long NANOS = 1_000_000_000L;

    private EpochTime() {}

    /** The time for a number of nanoseconds. */
    public static Instant of(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    /** The time for a {@code struct timespec}. */
    public static Instant of(long seconds, long nanos) {
        return of(seconds * NANOS + nanos);
    }
}
