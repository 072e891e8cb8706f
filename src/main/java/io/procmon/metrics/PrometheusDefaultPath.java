package io.procmon.metrics;

import io.quarkus.vertx.http.ManagementInterface;
import jakarta.enterprise.event.Observes;

/** Prometheus asks for {@code /metrics} unless it is told otherwise: the same answer there as at {@code /q/metrics}. */
class PrometheusDefaultPath {

    void route(@Observes ManagementInterface management) {
        management.router().get("/metrics").handler(request -> request.reroute("/q/metrics"));
    }
}
