package io.procmon.bpf;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads the counters of the kernel program on request. Thread-safe. After the end it keeps the last values, because the
 * memory is no longer mapped.
 */
public final class KernelStatistics {

    /** The time for which a reading is valid. The meters of one scrape share a reading. */
    private static final long FRESH_NANOS = Duration.ofMillis(100).toNanos();

    private static final long PROGRAMS_FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final RingBuffer ring;
    private final BurstBuffer burst;
    private final SharedState shared;
    private final ProcessTable processes;
    private final TokenBuckets buckets;
    private final Map<Hook, ProgramInfo> hooks;
    private final AtomicLong malformed = new AtomicLong();
    private KernelCounters counters;
    private KernelLosses losses;
    private Map<Hook, ProgramStatistics> programs;
    private long readNanos;
    private long programsReadNanos;
    private long lossesReadNanos;
    private boolean closed;

    /** @param acquired ends the reading before it unmaps the memory */
    KernelStatistics(
            ClosingStack acquired,
            RingBuffer ring,
            BurstBuffer burst,
            SharedState shared,
            ProcessTable processes,
            TokenBuckets buckets,
            Map<Hook, ProgramInfo> hooks) {
        this.ring = ring;
        this.burst = burst;
        this.shared = shared;
        this.processes = processes;
        this.buckets = buckets;
        this.hooks = new EnumMap<>(hooks);
        acquired.push(this, KernelStatistics::close);
        refresh();
    }

    /** Counts a record that could not be decoded. */
    void countMalformed() {
        malformed.incrementAndGet();
    }

    /** The values of now, or of at most 100 ms ago. */
    public synchronized KernelCounters counters() {
        if (!closed && System.nanoTime() - readNanos >= FRESH_NANOS) {
            refresh();
        }
        return counters;
    }

    /**
     * The losses of now, or of at most 100 ms ago. The tables are not counted for them. Calls that the kernel skipped
     * because the program was running are those of at most a second ago: each hook is asked by a system call.
     */
    public synchronized KernelLosses losses() {
        long now = System.nanoTime();
        if (!closed && now - lossesReadNanos >= FRESH_NANOS) {
            if (now - programsReadNanos >= PROGRAMS_FRESH_NANOS) {
                refreshPrograms();
            }
            refreshLosses();
        }
        return losses;
    }

    private synchronized void close() {
        refresh();
        closed = true;
    }

    private void refreshPrograms() {
        Map<Hook, ProgramStatistics> statistics = new EnumMap<>(Hook.class);
        hooks.forEach((hook, info) -> statistics.put(hook, info.statistics()));
        programs = statistics;
        programsReadNanos = System.nanoTime();
    }

    private void refreshLosses() {
        Map<Loss, Long> byCause = new EnumMap<>(Loss.class);
        for (Loss cause : Loss.values()) {
            byCause.put(cause, shared.lost(cause));
        }
        byCause.put(Loss.MALFORMED, malformed.get());
        byCause.put(Loss.EXEC_OVER_SHARE, burst.refused());
        byCause.put(
                Loss.RECURSION,
                programs.values().stream()
                        .mapToLong(ProgramStatistics::recursionMisses)
                        .sum());
        losses = new KernelLosses(byCause);
        lossesReadNanos = System.nanoTime();
    }

    private void refresh() {
        refreshPrograms();
        refreshLosses();
        counters = new KernelCounters(
                shared.execRecords(),
                shared.exitRecords(),
                shared.parkedExits(),
                new Occupancy(ring.available(), ring.size()),
                burst.occupancy(),
                processes.occupancy(),
                buckets.occupancy(),
                buckets.throttled(),
                losses,
                programs);
        readNanos = System.nanoTime();
    }
}
