package io.procmon.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.micrometer.v1_5.OpenTelemetryMeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The meters, pushed to a collector next to being scraped: one more registry under Micrometer's own. */
public class OpenTelemetryMeters {

    @Produces
    @Singleton
    MeterRegistry meters(OpenTelemetry openTelemetry) {
        return OpenTelemetryMeterRegistry.create(openTelemetry);
    }
}
