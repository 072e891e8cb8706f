package io.procmon.spool;

import java.time.Duration;
import java.util.Optional;

/** The number of settled reports per second, averaged with most weight on the last minute. One thread writes. */
final class SettlementRate {

    private static final double MEMORY_SECONDS = 60;
    private static final double STANDSTILL = 0.01;

    private volatile double perSecond;
    private long settled;
    private long measuredAt = System.nanoTime();

    void settled() {
        settled++;
    }

    /** Adds the reports that were settled since the last call. */
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

    /** Time to settle this many reports; empty if no report is being settled. */
    Optional<Duration> timeFor(long reports) {
        if (reports == 0) {
            return Optional.of(Duration.ZERO);
        }
        return perSecond < STANDSTILL
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) (reports * 1000 / perSecond)));
    }
}
