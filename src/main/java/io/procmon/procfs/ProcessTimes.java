package io.procmon.procfs;

import io.procmon.events.ImageKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The processor time of a process that runs. The kernel program tells it in the end, of the image alone; until then there
 * is proc_pid_stat(5), which anybody may read and which never waits. It counts from the fork on: what a process used
 * before its last exec is in it, which is next to nothing where a shell has forked for it.
 */
public final class ProcessTimes {

    private ProcessTimes() {}

    /** What the process of an image has used, with all its threads; empty if it has ended, or /proc is kept from us. */
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
