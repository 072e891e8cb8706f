package io.procmon.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The state of procmon for the page: some of its meters. */
@Path("/api/status")
public class StatusResource {

    /**
     * Prometheus' registry. The composite registry would also contain others, such as OpenTelemetry's, and could return
     * the value of any of them.
     */
    @SuppressWarnings("deprecation") // Quarkus still brings Prometheus' simple client, which Micrometer has replaced
    private final PrometheusMeterRegistry registry;

    @SuppressWarnings("deprecation") // Quarkus still declares Prometheus' simple client, which Micrometer has replaced
    @Inject
    StatusResource(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * The state of procmon. The counters start at zero with the service; their difference over time gives a rate.
     *
     * @param at time of the measurement
     * @param programs number of programs that started in the students' containers
     * @param events number of activities that ended; for the class service, that nodes reported
     * @param losses number of events that were dropped in the kernel; missing for the class service, which watches none
     * @param waiting number of activities that wait for the backend; missing for the class service, which has none
     * @param backendAway whether the backend accepts no activities; missing for the class service
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Status(Instant at, long programs, long events, Long losses, Long waiting, Boolean backendAway) {}

    @Operation(summary = "The state of procmon: some of its meters")
    @GET
    public Status status() {
        return new Status(
                Instant.now(),
                sum(registry.find("procmon.process.images.received")),
                sum(registry.find("procmon.events"))
                        + sum(registry.find("procmon.intake.events").tag("result", "entered")),
                ifThere(registry.find("procmon.kernel.losses")).orElse(null),
                ifThere(registry.find("procmon.spool.activities")).orElse(null),
                ifThere(registry.find("procmon.backend.away"))
                        .map(away -> away > 0)
                        .orElse(null));
    }

    private static Optional<Long> ifThere(Search meters) {
        return meters.meters().isEmpty() ? Optional.empty() : Optional.of(sum(meters));
    }

    private static long sum(Search meters) {
        return Math.round(
                meters.meters().stream().mapToDouble(StatusResource::value).sum());
    }

    private static double value(Meter meter) {
        return StreamSupport.stream(meter.measure().spliterator(), false)
                .filter(it -> it.getStatistic() == Statistic.COUNT || it.getStatistic() == Statistic.VALUE)
                .mapToDouble(it -> it.getValue())
                .sum();
    }
}
