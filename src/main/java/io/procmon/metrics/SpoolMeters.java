package io.procmon.metrics;

import io.procmon.api.Delivery;
import io.procmon.spool.DeliveryFailure;
import io.procmon.spool.GivenUp;
import io.procmon.spool.Spool;
import io.procmon.spool.SpoolLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/** The meters of what waits for the backend, and of how the backend does. */
final class SpoolMeters {

    private final Meters meters;

    private SpoolMeters(Meters meters) {
        this.meters = meters;
    }

    static void register(Meters meters, Spool spool, Delivery delivery, LongAdder onTheWayToDisk) {
        SpoolMeters all = new SpoolMeters(meters);
        all.spool(spool, onTheWayToDisk);
        all.backend(delivery);
    }

    private void spool(Spool spool, LongAdder onTheWayToDisk) {
        meters.gauge(
                "procmon.activities.in.flight",
                "Activities on their way into the spool",
                onTheWayToDisk,
                LongAdder::sum);
        meters.gauge(
                "procmon.spool.activities",
                "Activities in the spool, those on their way to the backend among them",
                spool,
                it -> it.stock().reports());
        meters.gauge(
                "procmon.spool.bytes",
                "From the oldest activity in the spool to the newest",
                spool,
                it -> it.stock().bytes());
        meters.gauge(
                "procmon.spool.file.bytes",
                "What the spool takes on disk",
                spool,
                it -> it.stock().fileBytes());
        meters.gauge(
                "procmon.spool.oldest.age.seconds",
                "How long the oldest activity waits",
                spool,
                SpoolMeters::oldestAge);
        meters.gauge(
                "procmon.spool.drain.seconds",
                "When the spool would be empty if it went on like in the last minute; -1 if never",
                spool,
                it -> it.timeToDrain().map(SpoolMeters::seconds).orElse(-1.0));
        meters.gauge(
                "procmon.spool.on.disk",
                "1 if all that waits would outlive procmon",
                spool,
                it -> it.stock().onDisk() ? 1 : 0);
        meters.counter(
                "procmon.spool.recovered", "Activities that the spool held at the start", spool, Spool::recovered);
        meters.counter("procmon.spool.resent", "Dead letters that were put into the spool again", spool, Spool::resent);
        for (GivenUp why : GivenUp.values()) {
            meters.counter(
                    "procmon.activities.given.up",
                    "Activities that left the spool untold, by reason",
                    spool,
                    it -> it.givenUp(why),
                    "reason",
                    why.label());
        }
    }

    private void backend(Delivery delivery) {
        meters.gauge(
                "procmon.backend.away",
                "1 while the backend takes nothing",
                delivery,
                it -> it.isBackendAway() ? 1 : 0);
        for (DeliveryFailure failure : DeliveryFailure.values()) {
            meters.counter(
                    "procmon.delivery.retries",
                    "Attempts to deliver that failed for now, by cause",
                    delivery,
                    it -> it.failures(failure),
                    "cause",
                    failure.label());
        }
    }

    private static double oldestAge(Spool spool) {
        SpoolLevel stock = spool.stock();
        return stock.oldest()
                .map(oldest -> seconds(Duration.between(oldest, Instant.now())))
                .orElse(0.0);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
