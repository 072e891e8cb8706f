package io.procmon.procfs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.procmon.events.ImageKey;
import java.time.Duration;
import java.util.Optional;

/**
 * The fields of proc_pid_stat(5) that procmon needs.
 *
 * @param startTicks time of the fork since the boot, in clock ticks
 * @param cpuTicks CPU time of all its threads, including ended ones, in clock ticks
 */
record ProcessStat(long startTicks, long cpuTicks) {

    /** A limit above the length of the line. */
    static final int MAX_SIZE = 1024;

    /** The length of a clock tick (USER_HZ) in nanoseconds. It is the same on all processors with BPF. */
    private static final long NANOS_PER_TICK = 10_000_000;

    /**
     * The index of the first field after the name. Fields are counted from there, because the name can contain any
     * characters.
     */
    private static final int BEHIND_NAME = 2;

    private static final int UTIME = 14 - BEHIND_NAME;
    private static final int STIME = 15 - BEHIND_NAME;
    private static final int START_TIME = 22 - BEHIND_NAME;

    /** Parses the file; empty if it is cut off or contains no numbers, which the kernel does not write. */
    static Optional<ProcessStat> parse(byte[] contents) {
        String line = new String(contents, US_ASCII);
        String[] fields = line.substring(line.lastIndexOf(')') + 1).split(" ", -1);
        if (fields.length <= START_TIME) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProcessStat(
                    Long.parseLong(fields[START_TIME]), Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether the process is that of an image. Otherwise another process has the id by now. */
    boolean isOf(ImageKey image) {
        return startTicks == image.startNanos() / NANOS_PER_TICK;
    }

    Duration cpu() {
        return Duration.ofNanos(cpuTicks * NANOS_PER_TICK);
    }
}
