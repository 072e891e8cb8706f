package io.procmon.procfs;

import java.time.Instant;

/**
 * Wall-clock times as the kernel program sends them: nanoseconds since the epoch in 64 bits. Every such number is a time
 * between the years 1677 and 2262. A student can give a file any time, also one that {@link Instant} does not have; its
 * nanoseconds wrap, here as in the kernel program, so that both still name the same contents.
 */
public final class EpochTime {

    private static final long NANOS = 1_000_000_000L;

    private EpochTime() {}

    /** The time of a number of nanoseconds. */
    public static Instant of(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    /** The time of a {@code struct timespec}. */
    public static Instant of(long seconds, long nanos) {
        return of(seconds * NANOS + nanos);
    }
}
