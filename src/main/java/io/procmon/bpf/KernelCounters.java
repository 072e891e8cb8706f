package io.procmon.bpf;

import java.util.EnumMap;
import java.util.Map;

/**
 * The counters of the kernel program since the start.
 *
 * @param execRecords exec records that were written to the ring
 * @param exitRecords exit records that were written to the ring
 * @param parkedExits exits that were parked in the table of processes because the ring was full
 * @param ring bytes of unread records in the ring
 * @param burst bytes of the burst buffer
 * @param processes processes that are watched now
 * @param buckets containers that have a token bucket
 * @param throttledContainers containers that are throttled now
 * @param losses events that never reached the stream
 * @param hooks the kernel's statistics of each hook
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
        KernelLosses losses,
        Map<Hook, ProgramStatistics> hooks) {

    /** The counters before the start. */
    public static final KernelCounters NONE = new KernelCounters(
            0, 0, 0, Occupancy.NONE, Occupancy.NONE, Occupancy.NONE, Occupancy.NONE, 0, KernelLosses.NONE, Map.of());

    public KernelCounters {
        hooks = hooks.isEmpty() ? Map.of() : new EnumMap<>(hooks);
    }

    /** The number of events that were lost for one cause. */
    public long lost(Loss cause) {
        return losses.of(cause);
    }

    /** The statistics of one hook. */
    public ProgramStatistics of(Hook hook) {
        return hooks.getOrDefault(hook, ProgramStatistics.NONE);
    }
}
