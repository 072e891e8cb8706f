package io.procmon.stream;

import io.procmon.bpf.KernelCounters;
import io.procmon.bpf.Loss;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What never reached the stream, as a sentence about the time since the last one. Belongs to one thread at a time. */
public final class LossReport {

    private KernelCounters before = KernelCounters.NONE;

    /** What is new since the last look; empty if nothing is. What a throttled container starts is told as it happens. */
    public Optional<String> since(KernelCounters counters) {
        String news = Arrays.stream(Loss.values())
                .filter(cause -> cause != Loss.EXEC_THROTTLED && counters.lost(cause) > before.lost(cause))
                .map(cause -> "%d by %s".formatted(counters.lost(cause) - before.lost(cause), cause.label()))
                .collect(Collectors.joining(", "));
        before = counters;
        return news.isEmpty()
                ? Optional.empty()
                : Optional.of("lost events: " + news + "; all of them are counted in procmon_kernel_losses_total");
    }
}
