package io.procmon.spool;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The wall clock at start-up plus monotonic time. If the wall clock is set days ahead, no activity becomes days older.
 * Thread-safe.
 */
public final class SteadyClock extends Clock {

    private final Instant start;
    private final long startNanos;
    private final LongSupplier nanos;

    /** A clock that starts at the time of another one. */
    public SteadyClock(Clock wall) {
        this(wall, System::nanoTime);
    }

    SteadyClock(Clock wall, LongSupplier nanos) {
        this.start = wall.instant();
        this.startNanos = nanos.getAsLong();
        this.nanos = nanos;
    }

    @Override
    public Instant instant() {
        return start.plus(Duration.ofNanos(nanos.getAsLong() - startNanos));
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
