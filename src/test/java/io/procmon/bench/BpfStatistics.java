package io.procmon.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lets the kernel measure its BPF programs, at some 20 ns a run, until it is closed; then it is as it was. */
final class BpfStatistics implements AutoCloseable {

    private static final Path SWITCH = Path.of("/proc/sys/kernel/bpf_stats_enabled");

    private final String before;
    private final Thread atEnd = new Thread(this::restore);

    BpfStatistics() throws IOException {
        before = Files.readString(SWITCH);
        Runtime.getRuntime().addShutdownHook(atEnd); // Ctrl-C ends most benchmarks
        Files.writeString(SWITCH, "1");
    }

    @Override
    public void close() {
        restore();
        Runtime.getRuntime().removeShutdownHook(atEnd);
    }

    private void restore() {
        try {
            Files.writeString(SWITCH, before);
        } catch (IOException e) {
            System.err.printf("%s stays on: %s%n", SWITCH, e);
        }
    }
}
