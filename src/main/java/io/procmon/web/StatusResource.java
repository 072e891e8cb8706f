package io.procmon.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** How procmon itself does, for the page: a few of its meters. */
@Path("/api/status")
public class StatusResource {

    /** The one that is scraped: where there are others, such as OpenTelemetry's, all together answer with any one's value. */
    @SuppressWarnings("deprecation") // Quarkus still brings Prometheus' simple client, which Micrometer has replaced
    private final PrometheusMeterRegistry registry;

    @SuppressWarnings("deprecation") // Quarkus still brings Prometheus' simple client, which Micrometer has replaced
    @Inject
    StatusResource(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * How procmon does. Of what counts, two looks and the time between them tell how fast it goes.
     *
     * @param at the time
     * @param programs programs that began in the students' containers, since it began
     * @param events activities that ended, since it began
     * @param losses events that never reached it
     * @param waiting activities that wait for the backend
     * @param backendAway whether the backend takes nothing
     */
    @RegisterForReflection
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Status(Instant at, long programs, long events, long losses, long waiting, boolean backendAway) {}

    /** As it is now. */
    @Operation(summary = "How procmon itself does: a few of its meters")
    @GET
    public Status status() {
        return new Status(
                Instant.now(),
                sum("procmon.process.images.received"),
                sum("procmon.events"),
                sum("procmon.kernel.losses"),
                sum("procmon.spool.activities"),
                sum("procmon.backend.away") > 0);
    }

    private long sum(String meter) {
        return Math.round(registry.find(meter).meters().stream()
                .mapToDouble(StatusResource::value)
                .sum());
    }

    private static double value(Meter meter) {
        return StreamSupport.stream(meter.measure().spliterator(), false)
                .filter(it -> it.getStatistic() == Statistic.COUNT || it.getStatistic() == Statistic.VALUE)
                .mapToDouble(it -> it.getValue())
                .sum();
    }
}
