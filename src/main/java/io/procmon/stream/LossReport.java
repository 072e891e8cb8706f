package io.procmon.stream;

import io.procmon.bpf.KernelLosses;
import io.procmon.bpf.Loss;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Describes the events that were dropped since the last report in one sentence. Used by one thread at a time. */
public final class LossReport {

    private KernelLosses before = KernelLosses.NONE;

    /**
     * The new losses since the last call; empty if there are none. Losses of a container that has reached a limit are
     * logged separately.
     */
    public Optional<String> since(KernelLosses losses) {
        String news = Arrays.stream(Loss.values())
                .filter(cause -> !isToldElsewhere(cause) && losses.of(cause) > before.of(cause))
                .map(cause -> "%d by %s".formatted(losses.of(cause) - before.of(cause), cause.label()))
                .collect(Collectors.joining(", "));
        before = losses;
        return news.isEmpty()
                ? Optional.empty()
                : Optional.of("lost events: " + news + "; all of them are counted in procmon_kernel_losses_total");
    }

    private static boolean isToldElsewhere(Loss cause) {
        return cause == Loss.EXEC_THROTTLED || cause == Loss.EXEC_CROWDED;
    }
}
