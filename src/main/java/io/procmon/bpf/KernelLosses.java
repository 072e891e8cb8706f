package io.procmon.bpf;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The events since the start that never reached the stream. To read them takes a few microseconds. To read all
 * {@link KernelCounters}, the tables of the kernel program are counted.
 *
 * @param byCause their number; a cause that is missing has lost none
 */
public record KernelLosses(Map<Loss, Long> byCause) {

    /** The losses before the start. */
    public static final KernelLosses NONE = new KernelLosses(Map.of());

    public KernelLosses {
        byCause = byCause.isEmpty() ? Map.of() : new EnumMap<>(byCause);
    }

    /** The number of events that were lost for one cause. */
    public long of(Loss cause) {
        return byCause.getOrDefault(cause, 0L);
    }

    /** The number of events that were lost in any container: all but those of throttled containers. */
    public long everywhere() {
        return byCause.values().stream().mapToLong(Long::longValue).sum() - ofContainers();
    }

    /** The number of events that were lost because their container had reached a limit. */
    public long ofContainers() {
        return of(Loss.EXEC_THROTTLED) + of(Loss.EXEC_CROWDED);
    }

    /** The number of events that were lost, by the label of the cause. */
    public Map<String, Long> byLabel() {
        return byCause.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().label(), Map.Entry::getValue));
    }
}
