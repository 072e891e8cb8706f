package io.procmon.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Registers meters that read their values from other objects. */
record Meters(MeterRegistry registry) {

    /** Registers a gauge. The registry keeps a strong reference to the object, which may have no other one. */
    <T> Gauge gauge(String name, String description, T of, ToDoubleFunction<T> value, String... tags) {
        return Gauge.builder(name, of, value)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /** Registers a counter that reads its value from an object. */
    <T> void counter(String name, String description, T of, ToDoubleFunction<T> value, String... tags) {
        FunctionCounter.builder(name, of, value)
                .description(description)
                .tags(tags)
                .register(registry);
    }
}
