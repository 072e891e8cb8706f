package io.procmon.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The kernel's memory for the BPF maps and programs of a process, from proc_pid_fdinfo(5). */
final class KernelMemory {

    private static final String SIZE = "memlock:";
    private static final List<String> IDS = List.of("map_id:", "prog_id:");

    private KernelMemory() {}

    /** The bytes of all maps and programs that the process has open. */
    static long bytes(long pid) throws IOException {
        Map<String, Long> sizes = new HashMap<>(); // a process may have several descriptors of a map
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/%d/fdinfo".formatted(pid)))) {
            for (Path descriptor : open) {
                add(descriptor, sizes);
            }
        }
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void add(Path descriptor, Map<String, Long> sizes) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(descriptor);
        } catch (NoSuchFileException | UncheckedIOException e) {
            return; // closed in the meantime
        }
        for (String line : lines) {
            if (IDS.stream().anyMatch(line::startsWith)) {
                lines.stream()
                        .filter(it -> it.startsWith(SIZE))
                        .findFirst()
                        .ifPresent(size -> sizes.put(
                                line, Long.valueOf(size.substring(SIZE.length()).strip())));
            }
        }
    }
}
