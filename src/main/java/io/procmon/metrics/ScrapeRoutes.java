package io.procmon.metrics;

import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/**
 * Answers scrapes at {@code /q/metrics} and at Prometheus' default path {@code /metrics}. Quarkus' own route is not
 * used, because it reads each meter at another moment ({@link Accounting#consistently}). It also compares the media
 * type with all its parameters: {@code Accept: application/openmetrics-text; version=1.0.0} without a charset would get
 * status 406.
 */
class ScrapeRoutes {

    private static final String METRICS = "/q/metrics";

    /** Before Quarkus' route, whose order is 1. */
    private static final int FIRST = 0;

    @SuppressWarnings("deprecation") // Quarkus brings Prometheus' simple client, which Micrometer has replaced
    void add(@Observes ManagementInterface management, PrometheusMeterRegistry registry, Accounting accounting) {
        management.router().get("/metrics").handler(request -> request.reroute(METRICS));
        management.router().get(METRICS).order(FIRST).handler(request -> answer(request, registry, accounting));
    }

    @SuppressWarnings("deprecation")
    private static void answer(RoutingContext request, PrometheusMeterRegistry registry, Accounting accounting) {
        String type = contentType(request.request().getHeader(HttpHeaders.ACCEPT));
        request.vertx()
                .executeBlocking(() -> accounting.consistently(() -> registry.scrape(type)), false)
                .onFailure(request::fail)
                .onSuccess(text -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, type)
                        .end(text));
    }

    /**
     * Plain text for a client that accepts it, as Prometheus does: there, a counter has its type under the name that a query
     * uses. OpenMetrics for all others.
     */
    private static String contentType(String accept) {
        return accept != null && (accept.contains("text/plain") || accept.contains("text/*"))
                ? TextFormat.CONTENT_TYPE_004
                : TextFormat.CONTENT_TYPE_OPENMETRICS_100;
    }
}
