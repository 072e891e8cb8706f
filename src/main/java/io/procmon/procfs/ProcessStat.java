package io.procmon.procfs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.procmon.events.ImageKey;
import java.time.Duration;
import java.util.Optional;

/**
 * What proc_pid_stat(5) says of a process, as far as it is needed.
 *
 * @param startTicks when it was forked, since the boot
 * @param cpuTicks the processor time of all its threads, also of those that have ended
 */
record ProcessStat(long startTicks, long cpuTicks) {

    /** More than the line ever has. */
    static final int MAX_SIZE = 1024;

    /** USER_HZ, in which the times are counted; the same on all processors that have BPF. */
    private static final long NANOS_PER_TICK = 10_000_000;

    /** Fields are counted from behind the second, the name, which may hold anything. */
    private static final int BEHIND_NAME = 2;

    private static final int UTIME = 14 - BEHIND_NAME;
    private static final int STIME = 15 - BEHIND_NAME;
    private static final int START_TIME = 22 - BEHIND_NAME;

    /** Reads the file's contents; empty if it is cut off or holds no numbers, which the kernel does not do. */
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

    /** Whether it is about the process of an image; else the id is somebody else's by now. */
    boolean isOf(ImageKey image) {
        return startTicks == image.startNanos() / NANOS_PER_TICK;
    }

    Duration cpu() {
        return Duration.ofNanos(cpuTicks * NANOS_PER_TICK);
    }
}
