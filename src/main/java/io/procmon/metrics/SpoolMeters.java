package io.procmon.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.procmon.api.Courier;
import io.procmon.api.Trouble;
import io.procmon.spool.GivenUp;
import io.procmon.spool.Spool;
import io.procmon.spool.Stock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/** The meters of what waits for the backend, and of how the backend does. */
final class SpoolMeters {

    private final MeterRegistry registry;

    private SpoolMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    static void register(MeterRegistry registry, Spool spool, Courier courier, LongAdder onTheWayToDisk) {
        SpoolMeters meters = new SpoolMeters(registry);
        meters.spool(spool, onTheWayToDisk);
        meters.backend(courier);
    }

    private void spool(Spool spool, LongAdder onTheWayToDisk) {
        gauge(
                "procmon.activities.in.flight",
                "Activities on their way to the disk or to the backend",
                spool,
                it -> onTheWayToDisk.sum() + it.stock().underWay());
        gauge(
                "procmon.spool.activities",
                "Activities that wait in the spool",
                spool,
                it -> it.stock().waiting());
        gauge(
                "procmon.spool.bytes",
                "From the oldest activity in the spool to the newest",
                spool,
                it -> it.stock().bytes());
        gauge(
                "procmon.spool.file.bytes",
                "What the spool takes on disk",
                spool,
                it -> it.stock().fileBytes());
        gauge("procmon.spool.oldest.age.seconds", "How long the oldest activity waits", spool, SpoolMeters::oldestAge);
        gauge(
                "procmon.spool.drain.seconds",
                "When the spool would be empty if it went on like in the last minute; -1 if never",
                spool,
                it -> it.timeToDrain().map(SpoolMeters::seconds).orElse(-1.0));
        gauge(
                "procmon.spool.on.disk",
                "1 if all that waits would outlive procmon",
                spool,
                it -> it.stock().onDisk() ? 1 : 0);
        counter("procmon.spool.recovered", "Activities that the spool held at the start", spool, Spool::recovered);
        counter("procmon.spool.resent", "Dead letters that were put into the spool again", spool, Spool::resent);
        for (GivenUp why : GivenUp.values()) {
            FunctionCounter.builder("procmon.activities.given.up", spool, it -> it.givenUp(why))
                    .description("Activities that left the spool untold, by reason")
                    .tags("reason", why.label())
                    .register(registry);
        }
    }

    private void backend(Courier courier) {
        gauge("procmon.backend.away", "1 while the backend takes nothing", courier, it -> it.isBackendAway() ? 1 : 0);
        for (Trouble trouble : Trouble.values()) {
            FunctionCounter.builder("procmon.delivery.retries", courier, it -> it.troubles(trouble))
                    .description("Attempts to deliver that failed for now, by cause")
                    .tags("cause", trouble.label())
                    .register(registry);
        }
    }

    private static double oldestAge(Spool spool) {
        Stock stock = spool.stock();
        return stock.oldest()
                .map(oldest -> seconds(Duration.between(oldest, Instant.now())))
                .orElse(0.0);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private <T> void counter(String name, String description, T of, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, of, value).description(description).register(registry);
    }
}
