package io.procmon;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** The equations of the metrics, computed from a scrape. */
public final class MetricEquations {

    private final MeterRegistry registry;

    public MetricEquations(MeterRegistry registry) {
        this.registry = registry;
    }

    public long received() {
        return sum("procmon.process.images.received");
    }

    public long failed() {
        return sum("procmon.process.images.failed");
    }

    public long unreported() {
        return sum("procmon.activities.unreported");
    }

    public long failures(String stage) {
        return registry.find("procmon.stage.failures").tag("stage", stage).meters().stream()
                .mapToLong(MetricEquations::value)
                .sum();
    }

    public long running() {
        return sum("procmon.activities.running");
    }

    long events() {
        return sum("procmon.events");
    }

    long patterns() {
        return sum("procmon.patterns.reported");
    }

    public long delivered() {
        return sum("procmon.activities.delivered");
    }

    public long rejected() {
        return sum("procmon.activities.rejected");
    }

    public long givenUp() {
        return sum("procmon.activities.given.up");
    }

    public long waiting() {
        return sum("procmon.spool.activities");
    }

    long takenOver() {
        return sum("procmon.spool.recovered") + sum("procmon.spool.resent");
    }

    public long inFlight() {
        return sum("procmon.activities.in.flight");
    }

    long errors() {
        return sum("procmon.errors");
    }

    /** The number of stopped images, by reason. */
    public Map<String, Long> stopped() {
        Map<String, Long> stopped = new TreeMap<>();
        for (Meter meter : registry.find("procmon.process.images.stopped").meters()) {
            stopped.put(meter.getId().getTag("reason"), value(meter));
        }
        return stopped;
    }

    /** Asserts that each received record was delivered, dropped and counted, or is still waiting. */
    public void balances() {
        long allStopped = stopped().values().stream().mapToLong(Long::longValue).sum();
        assertThat(received()).isEqualTo(allStopped + failed() + running() + events());
        assertThat(events() + patterns() + takenOver())
                .isEqualTo(delivered() + rejected() + unreported() + givenUp() + waiting() + inFlight());
        assertThat(errors()).isEqualTo(failed() + rejected());
    }

    private long sum(String name) {
        return registry.find(name).meters().stream()
                .mapToLong(MetricEquations::value)
                .sum();
    }

    private static long value(Meter meter) {
        return (long) StreamSupport.stream(meter.measure().spliterator(), false)
                .mapToDouble(Measurement::getValue)
                .sum();
    }
}
