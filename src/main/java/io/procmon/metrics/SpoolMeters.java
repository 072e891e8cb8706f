package io.procmon.metrics;

import io.procmon.api.Delivery;
import io.procmon.spool.DeliveryFailure;
import io.procmon.spool.GivenUp;
import io.procmon.spool.Spool;
import io.procmon.spool.SpoolLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** The meters of the spool, and of delivery to the backend. */
final class SpoolMeters {

    private final Meters meters;

    private SpoolMeters(Meters meters) {
        this.meters = meters;
    }

    static void register(Meters meters, Spool spool, Delivery delivery, Supplier<Counts> counts) {
        SpoolMeters all = new SpoolMeters(meters);
        all.counts(counts);
        all.spool(spool);
        all.backend(delivery);
    }

    private void counts(Supplier<Counts> counts) {
        meters.gauge(
                "procmon.activities.in.flight",
                "Activities that are being written to the spool",
                counts,
                it -> it.get().inFlight());
        meters.gauge(
                "procmon.spool.activities",
                "Activities in the spool, including those that are being delivered",
                counts,
                it -> it.get().spool().reports());
        meters.counter(
                "procmon.activities.delivered",
                "Activities that the backend accepted",
                counts,
                it -> it.get().spool().delivered());
        meters.counter(
                "procmon.spool.recovered",
                "Activities that the spool held at start-up",
                counts,
                it -> it.get().spool().recovered());
        meters.counter(
                "procmon.spool.resent",
                "Dead letters that were put into the spool again",
                counts,
                it -> it.get().spool().resent());
        for (GivenUp why : GivenUp.values()) {
            meters.counter(
                    "procmon.activities.given.up",
                    "Activities that left the spool undelivered, by reason",
                    counts,
                    it -> it.get().spool().givenUp(why),
                    "reason",
                    why.label());
        }
    }

    private void spool(Spool spool) {
        meters.gauge(
                "procmon.spool.bytes",
                "Time between the oldest and the newest activity in the spool",
                spool,
                it -> it.level().bytes());
        meters.gauge(
                "procmon.spool.file.bytes",
                "Size of the spool on disk",
                spool,
                it -> it.level().fileBytes());
        meters.gauge(
                "procmon.spool.oldest.age.seconds",
                "Age of the oldest activity in the spool",
                spool,
                SpoolMeters::oldestAge);
        meters.gauge(
                "procmon.spool.drain.seconds",
                "Time until the spool is empty at the rate of the last minute; -1 if it does not shrink",
                spool,
                it -> it.timeToDrain().map(SpoolMeters::seconds).orElse(-1.0));
        meters.gauge(
                "procmon.spool.on.disk",
                "1 if all activities in the spool survive a restart",
                spool,
                it -> it.level().onDisk() ? 1 : 0);
    }

    private void backend(Delivery delivery) {
        meters.gauge(
                "procmon.backend.away",
                "1 while the backend accepts no activities",
                delivery,
                it -> it.isBackendAway() ? 1 : 0);
        for (DeliveryFailure failure : DeliveryFailure.values()) {
            meters.counter(
                    "procmon.delivery.retries",
                    "Delivery attempts that failed and are retried, by cause",
                    delivery,
                    it -> it.failures(failure),
                    "cause",
                    failure.label());
        }
    }

    private static double oldestAge(Spool spool) {
        SpoolLevel level = spool.level();
        return level.oldest()
                .map(oldest -> seconds(Duration.between(oldest, Instant.now())))
                .orElse(0.0);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
