package io.procmon.metrics;

import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers scrapes that Quarkus' route at {@code /q/metrics} does not answer: Prometheus' default path {@code /metrics},
 * and a scraper that accepts only OpenMetrics. Quarkus compares the media type with all its parameters, so
 * {@code Accept: application/openmetrics-text; version=1.0.0} without a charset would get status 406.
 */
class ScrapeRoutes {

    private static final String METRICS = "/q/metrics";

    private static final Set<String> PLAIN_TEXT = Set.of("text/plain", "text/*", "*/*");

    /** Before Quarkus' route, which has order 1. */
    private static final int FIRST = 0;

    @SuppressWarnings("deprecation") // Quarkus declares Prometheus' simple client, which Micrometer has replaced
    void add(@Observes ManagementInterface management, PrometheusMeterRegistry registry) {
        management.router().get("/metrics").handler(request -> request.reroute(METRICS));
        management.router().get(METRICS).order(FIRST).handler(request -> {
            if (acceptsOpenMetricsOnly(request.request().getHeader(HttpHeaders.ACCEPT))) {
                answer(request, registry);
            } else {
                request.next();
            }
        });
    }

    /** Whether the header accepts OpenMetrics but not plain text. */
    static boolean acceptsOpenMetricsOnly(String header) {
        Set<String> accepted = header == null
                ? Set.of()
                : Stream.of(header.split(",", -1))
                        .map(type -> type.split(";", -1)[0].strip().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
        return accepted.contains("application/openmetrics-text") && Collections.disjoint(accepted, PLAIN_TEXT);
    }

    @SuppressWarnings("deprecation")
    private static void answer(RoutingContext request, PrometheusMeterRegistry registry) {
        request.vertx()
                .executeBlocking(() -> registry.scrape(TextFormat.CONTENT_TYPE_OPENMETRICS_100), false)
                .onFailure(request::fail)
                .onSuccess(text -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, TextFormat.CONTENT_TYPE_OPENMETRICS_100)
                        .end(text));
    }
}
