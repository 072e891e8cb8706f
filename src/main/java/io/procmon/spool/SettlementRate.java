package io.procmon.spool;

import java.time.Duration;
import java.util.Optional;

/** How many reports are settled in a second, averaged so that the last minute counts most. One thread writes. */
final class SettlementRate {

    private static final double MEMORY_SECONDS = 60;
    private static final double STANDSTILL = 0.01;

    private volatile double perSecond;
    private long settled;
    private long measuredAt = System.nanoTime();

    void settled() {
        settled++;
    }

    /** Takes what was settled since the last time into the average. */
    void measure(long now) {
        double seconds = (now - measuredAt) / 1e9;
        if (seconds <= 0) {
            return;
        }
        double weight = 1 - Math.exp(-seconds / MEMORY_SECONDS);
        double before = perSecond;
        perSecond = before + weight * (settled / seconds - before);
        settled = 0;
        measuredAt = now;
    }

    /** How long so many will take; empty if it looks like for ever. */
    Optional<Duration> timeFor(long reports) {
        if (reports == 0) {
            return Optional.of(Duration.ZERO);
        }
        return perSecond < STANDSTILL
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) (reports * 1000 / perSecond)));
    }
}
