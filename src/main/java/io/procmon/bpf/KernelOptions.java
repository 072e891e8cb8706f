package io.procmon.bpf;

import java.time.Duration;

/**
 * The settings of the kernel program and of its reader.
 *
 * @param hostnamePrefix the prefix of student hostnames, at most 16 bytes
 * @param ringSize bytes of the ring buffer, a power of two and a multiple of the page size
 * @param burstSize bytes of memory for records that arrive faster than they are decoded
 * @param processesMax the smallest number of processes that can be watched at a time
 * @param takeIn whether to report the processes that run already
 * @param execRate images that a container may start per second on average; 0: no limit
 * @param execBurst images that a container may start at once after a quiet time
 * @param linger the pause between two polls of a busy ring
 */
public record KernelOptions(
        String hostnamePrefix,
        int ringSize,
        long burstSize,
        int processesMax,
        boolean takeIn,
        int execRate,
        int execBurst,
        Duration linger) {

    private static final long NANOS = 1_000_000_000L;

    /** The table needs spare places: long-lived processes are not spread evenly over the groups. */
    private static final int SPARE = 4;

    /** One container may hold this part of the processes that can be watched. */
    private static final int SHARE = 4;

    /** Nanoseconds between two tokens of a container; 0 if there is no limit. */
    long execIntervalNanos() {
        return execRate == 0 ? 0 : NANOS / execRate;
    }

    /** Nanoseconds in which an empty bucket is filled. */
    long execBurstNanos() {
        return execIntervalNanos() * execBurst;
    }

    /**
     * The places in the table of watched processes that one container may hold: with four such containers there is room
     * for others.
     */
    int placesMax() {
        return Math.max(KernelLayouts.GROUP_SIZE, processesMax / SHARE);
    }

    /** Bytes of kernel memory for the maps. They count against the memory limit of this process. */
    public long kernelBytes() {
        return ringSize
                + groups() * (KernelLayouts.GROUP.byteSize() + KernelLayouts.PLACES.byteSize())
                + KernelLayouts.BUCKET_SETS * KernelLayouts.BUCKET_SET.byteSize();
    }

    /** The number of groups in the table of watched processes: a power of two. */
    int groups() {
        int atLeast = Math.ceilDiv(SPARE * processesMax, KernelLayouts.GROUP_SIZE);
        return Integer.highestOneBit(Math.max(1, 2 * atLeast - 1));
    }
}
