package io.procmon.procfs;

import io.procmon.events.ImageKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The CPU time of a running process, from proc_pid_stat(5), which any process may read without waiting. The kernel
 * program reports the CPU time of an image only at its end. The value here counts from the fork. It includes the time
 * before the last exec, which is negligible if a shell has forked for it.
 */
public final class ProcessTimes {

    private ProcessTimes() {}

    /**
     * The CPU time of an image's process, with all its threads; empty if the process has ended, or /proc is not
     * readable.
     */
    public static Optional<Duration> cpu(ImageKey image) {
        try {
            return ProcessStat.parse(Files.readAllBytes(Path.of("/proc", Integer.toString(image.tgid()), "stat")))
                    .filter(stat -> stat.isOf(image))
                    .map(ProcessStat::cpu);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
