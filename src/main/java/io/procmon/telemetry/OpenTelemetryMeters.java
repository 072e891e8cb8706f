package io.procmon.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.micrometer.v1_5.OpenTelemetryMeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Pushes the meters to a collector, in addition to the scraped metrics: an OpenTelemetry registry in Micrometer's
 * composite registry.
 */
public class OpenTelemetryMeters {

    @Produces
    @Singleton
    MeterRegistry meters(OpenTelemetry openTelemetry) {
        return OpenTelemetryMeterRegistry.create(openTelemetry);
    }
}
