package io.procmon.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A tracer that sends every event to an observer.
 *
 * @param process the process to measure
 * @param observer the observer
 * @param sightings the events that the observer has recorded
 * @param isBackend whether the observer is a backend
 * @param log its log
 */
record Observed(Process process, Optional<Process> observer, Optional<Sightings> sightings, boolean isBackend, Path log)
        implements Running {

    @Override
    public long seen() {
        return sightings.orElseThrow().count();
    }

    @Override
    public String lastWords() {
        return lastWords(log);
    }

    @Override
    public void close() {
        end(process);
        observer.ifPresent(Observed::end);
    }

    static String lastWords(Path log) {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .filter(line -> line.toLowerCase(Locale.ROOT).matches(".*(unable|error|not found|cannot|failed).*"))
                    .findFirst()
                    .orElse("it ended without a word");
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Ends a process, first by SIGTERM. */
    static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
