package io.procmon.bpf;

import java.util.EnumMap;
import java.util.Map;

/**
 * What the kernel side has counted since the start.
 *
 * @param execRecords exec records that went into the ring
 * @param exitRecords exit records that went into the ring
 * @param parkedExits exits that found the ring full, and came later by another way
 * @param ringAvailable bytes that wait in the ring now
 * @param throttledContainers containers that start more programs than they may, now
 * @param losses what never came, by cause
 */
public record KernelCounters(
        long execRecords,
        long exitRecords,
        long parkedExits,
        long ringAvailable,
        int throttledContainers,
        Map<Loss, Long> losses) {

    /** Before anything was read. */
    public static final KernelCounters NONE = new KernelCounters(0, 0, 0, 0, 0, Map.of());

    public KernelCounters {
        losses = losses.isEmpty() ? Map.of() : new EnumMap<>(losses);
    }

    /** Events lost by one cause. */
    public long lost(Loss cause) {
        return losses.getOrDefault(cause, 0L);
    }
}
