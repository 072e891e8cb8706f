package io.procmon.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The CPU time of a process from {@code /proc}, in milliseconds; its resolution is 10 ms.
 *
 * @param userMillis in user mode
 * @param systemMillis in the kernel
 */
record ProcessTimes(long userMillis, long systemMillis) {

    private static final int MILLIS_PER_TICK = 10; // USER_HZ is 100 for every program on Linux

    static ProcessTimes of(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/%d/stat".formatted(pid)));
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        return new ProcessTimes(
                MILLIS_PER_TICK * Long.parseLong(fields.get(11)), MILLIS_PER_TICK * Long.parseLong(fields.get(12)));
    }

    ProcessTimes since(ProcessTimes earlier) {
        return new ProcessTimes(userMillis - earlier.userMillis, systemMillis - earlier.systemMillis);
    }

    /** Resident memory, in bytes. */
    static long residentBytes(long pid) throws IOException {
        return 1024 * number(pid, "status", "VmRSS:");
    }

    /** The bytes that a process has written to disk: proc_pid_io(5). */
    static long writtenBytes(long pid) throws IOException {
        return number(pid, "io", "write_bytes:");
    }

    /** A line of {@code smaps_rollup}, such as {@code Pss:}, in bytes: proc_pid_smaps(5). */
    static long mappedBytes(long pid, String line) throws IOException {
        return 1024 * number(pid, "smaps_rollup", line);
    }

    private static long number(long pid, String file, String line) throws IOException {
        return Files.readAllLines(Path.of("/proc/%d/%s".formatted(pid, file))).stream()
                .filter(it -> it.startsWith(line))
                .mapToLong(it -> Long.parseLong(it.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
