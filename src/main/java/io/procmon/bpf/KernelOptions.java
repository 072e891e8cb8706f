package io.procmon.bpf;

import java.time.Duration;

/**
 * What the kernel side is told before it starts.
 *
 * @param hostnamePrefix hostnames that start so are students', at most 16 bytes
 * @param ringSize bytes of the ring buffer, a power of two and a multiple of the page size
 * @param burstSize bytes that records may take in memory of this process when they come faster than they are understood
 * @param processesMax how many processes can be watched at a time, at the least
 * @param takeIn whether processes that run already are taken in
 * @param execRate how many images a container may start each second in the long run; 0: any number
 * @param execBurst how many it may start at once, when it has been quiet
 * @param linger how long the reader waits between two looks at a busy ring
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

    /** A group is full long before all are: pids come in a row, and those that stay are no longer one. */
    private static final int SPARE = 4;

    /** Nanoseconds from one token of a container to the next; 0 if it needs none. */
    long execIntervalNanos() {
        return execRate == 0 ? 0 : NANOS / execRate;
    }

    /** Nanoseconds in which a container gets all the tokens that it can have. */
    long execBurstNanos() {
        return execIntervalNanos() * execBurst;
    }

    /** What the maps take of the kernel's memory, in bytes; it counts against the memory limit of this process. */
    public long kernelBytes() {
        return ringSize
                + groups() * (KernelLayouts.GROUP.byteSize() + KernelLayouts.PLACES.byteSize())
                + KernelLayouts.BUCKET_SETS * KernelLayouts.BUCKET_SET.byteSize();
    }

    /** The groups of the table of watched processes: the power of two that makes room for all of them. */
    int groups() {
        int atLeast = Math.ceilDiv(SPARE * processesMax, KernelLayouts.GROUP_SIZE);
        return Integer.highestOneBit(Math.max(1, 2 * atLeast - 1));
    }
}
