package io.procmon;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The CPU time of each thread of a process.
 *
 * @param threads by thread id
 */
public record ThreadTimes(Map<Long, Used> threads) {

    /**
     * The CPU time of one thread.
     *
     * @param name the name of the thread in the kernel: 15 characters
     * @param cpuNanos CPU time in nanoseconds: Documentation/scheduler/sched-stats.rst, /proc/pid/schedstat
     * @param wakeUps the number of voluntary context switches
     */
    public record Used(String name, long cpuNanos, long wakeUps) {

        Used since(Used earlier) {
            return new Used(name, cpuNanos - earlier.cpuNanos, wakeUps - earlier.wakeUps);
        }

        Used and(Used other) {
            return new Used(name, cpuNanos + other.cpuNanos, wakeUps + other.wakeUps);
        }
    }

    /** The times of the threads that a process has now. */
    public static ThreadTimes of(long pid) throws IOException {
        Map<Long, Used> threads = new HashMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/%d/task".formatted(pid)))) {
            for (Path task : tasks) {
                try {
                    threads.put(Long.parseLong(String.valueOf(task.getFileName())), used(task));
                } catch (NoSuchFileException e) {
                    // The thread has ended since the directory was read.
                }
            }
        }
        return new ThreadTimes(threads);
    }

    private static Used used(Path task) throws IOException {
        long wakeUps;
        try (Stream<String> status = Files.lines(task.resolve("status"))) {
            wakeUps = status.filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        }
        return new Used(
                Files.readString(task.resolve("comm")).strip(),
                Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ", 2)[0]),
                wakeUps);
    }

    /** The difference to an earlier value, by the threads' names without their numbers. */
    public Map<String, Used> since(ThreadTimes earlier) {
        Map<String, Used> used = new TreeMap<>();
        threads.forEach((id, now) -> {
            Used then = earlier.threads.getOrDefault(id, new Used(now.name, 0, 0));
            String name = now.name.replaceAll("[ #-]*[0-9]+$", "");
            used.merge(name, new Used(name, now.cpuNanos, now.wakeUps).since(then), Used::and);
        });
        return used;
    }
}
