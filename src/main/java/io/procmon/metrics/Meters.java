package io.procmon.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Registers meters that look at what others count. */
record Meters(MeterRegistry registry) {

    /** A figure that goes up and down. It is kept from the garbage collector: nobody else may hold it. */
    <T> Gauge gauge(String name, String description, T of, ToDoubleFunction<T> value, String... tags) {
        return Gauge.builder(name, of, value)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /** A figure that only goes up. */
    <T> void counter(String name, String description, T of, ToDoubleFunction<T> value, String... tags) {
        FunctionCounter.builder(name, of, value)
                .description(description)
                .tags(tags)
                .register(registry);
    }
}
