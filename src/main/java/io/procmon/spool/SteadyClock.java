package io.procmon.spool;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The wall clock at start-up plus monotonic time. If the wall clock is set days ahead, no activity becomes days older.
 *
 * <p>A wall clock may also be wrong at the start, until the node has synchronised with a time server. So a spool that
 * holds activities {@linkplain #continueFrom continues} at the time of the newest one. The time in which procmon did
 * not run counts only after an hour, by the earliest wall clock of that hour. Thread-safe.
 */
public final class SteadyClock extends Clock {

    /** Time servers are reached within minutes. */
    static final Duration TRUST_AFTER = Duration.ofHours(1);

    private final Clock wall;
    private final LongSupplier nanos;
    private final long startNanos;
    private Instant start;
    private Instant trustedStart;
    private boolean waiting;

    /** A clock that starts at the time of another one. */
    public SteadyClock(Clock wall) {
        this(wall, System::nanoTime);
    }

    SteadyClock(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
        this.start = wall.instant();
        this.trustedStart = start;
    }

    /**
     * Continues an earlier clock.
     *
     * @param newest a time that the earlier clock has shown
     */
    synchronized void continueFrom(Instant newest) {
        start = newest.minus(sinceStart());
        waiting = true;
    }

    @Override
    public synchronized Instant instant() {
        Duration since = sinceStart();
        if (waiting) {
            Instant startByWall = wall.instant().minus(since);
            trustedStart = startByWall.isBefore(trustedStart) ? startByWall : trustedStart;
            if (since.compareTo(TRUST_AFTER) >= 0) {
                waiting = false;
                start = trustedStart.isAfter(start) ? trustedStart : start;
            }
        }
        return start.plus(since);
    }

    private Duration sinceStart() {
        return Duration.ofNanos(nanos.getAsLong() - startNanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Always UTC: the spool keeps instants only. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
