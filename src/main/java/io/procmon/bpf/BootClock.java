package io.procmon.bpf;

import io.procmon.events.Moment;
import io.procmon.ffi.Libc;
import io.procmon.procfs.EpochTime;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Converts the kernel's boot-clock times into wall-clock times. The wall clock may be set at any time, so the offset
 * between the two clocks is measured repeatedly.
 */
final class BootClock {

    private static final long NANOS = 1_000_000_000L;

    /** Two readings of the boot clock are close if nothing interrupted the thread between them. */
    private static final long CLOSE_NANOS = 50_000;

    private static final int LOOKS_MAX = 10;

    /** {@code struct timespec} of 64-bit processors. */
    private static final StructLayout TIMESPEC = MemoryLayout.structLayout(
            ValueLayout.JAVA_LONG.withName("tv_sec"), ValueLayout.JAVA_LONG.withName("tv_nsec"));

    private static final VarHandle TV_SEC = TIMESPEC.varHandle(PathElement.groupElement("tv_sec"));
    private static final VarHandle TV_NSEC = TIMESPEC.varHandle(PathElement.groupElement("tv_nsec"));

    private final Libc libc;
    private final MemorySegment timespec;
    private long bootedAt;

    BootClock(Libc libc, Arena arena) {
        this.libc = libc;
        this.timespec = arena.allocate(TIMESPEC);
        anchor();
    }

    /**
     * Measures the offset: it reads the wall clock between two readings of the boot clock. If the thread waits for a
     * processor between the readings, the offset is wrong by this time. So the closest readings decide.
     */
    void anchor() {
        long closest = Long.MAX_VALUE;
        for (int i = 0; i < LOOKS_MAX && closest > CLOSE_NANOS; i++) {
            long before = now(Libc.CLOCK_BOOTTIME);
            long wall = now(Libc.CLOCK_REALTIME);
            long after = now(Libc.CLOCK_BOOTTIME);
            if (after - before < closest) {
                closest = after - before;
                bootedAt = wall - (before + closest / 2);
            }
        }
    }

    /** Converts a time of the boot clock. */
    Moment at(long bootNanos) {
        return new Moment(bootNanos, EpochTime.of(bootedAt + bootNanos));
    }

    /** The boot clock now, in nanoseconds. */
    long nanos() {
        return now(Libc.CLOCK_BOOTTIME);
    }

    private long now(int clock) {
        if (libc.clock_gettime(clock, timespec) != 0) {
            throw new IllegalStateException("clock_gettime(%d): %s".formatted(clock, libc.strerror(libc.errno())));
        }
        return (long) TV_SEC.get(timespec, 0L) * NANOS + (long) TV_NSEC.get(timespec, 0L);
    }
}
