package io.procmon.bpf;

import java.util.EnumMap;
import java.util.Map;

/**
 * What the kernel side has counted since the start.
 *
 * @param execRecords exec records that went into the ring
 * @param exitRecords exit records that went into the ring
 * @param parkedExits exits that found the ring full, and came later by another way
 * @param ring bytes that wait in the ring now
 * @param burst bytes of what was taken out of the ring before anybody asked for it
 * @param processes processes that are watched now
 * @param buckets containers whose execs are counted, so that each has its share
 * @param throttledContainers containers that start more programs than they may, now
 * @param losses what never came, by cause
 * @param hooks what the kernel tells about each program
 */
public record KernelCounters(
        long execRecords,
        long exitRecords,
        long parkedExits,
        Occupancy ring,
        Occupancy burst,
        Occupancy processes,
        Occupancy buckets,
        int throttledContainers,
        Map<Loss, Long> losses,
        Map<Hook, ProgramStatistics> hooks) {

    /** Before anything was read. */
    public static final KernelCounters NONE = new KernelCounters(
            0, 0, 0, Occupancy.NONE, Occupancy.NONE, Occupancy.NONE, Occupancy.NONE, 0, Map.of(), Map.of());

    public KernelCounters {
        losses = losses.isEmpty() ? Map.of() : new EnumMap<>(losses);
        hooks = hooks.isEmpty() ? Map.of() : new EnumMap<>(hooks);
    }

    /** Events lost by one cause. */
    public long lost(Loss cause) {
        return losses.getOrDefault(cause, 0L);
    }

    /** What is known of one program. */
    public ProgramStatistics of(Hook hook) {
        return hooks.getOrDefault(hook, ProgramStatistics.NONE);
    }
}
