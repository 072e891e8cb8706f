package io.procmon.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts {@code observer.c}, which records the arrival time of each exec. */
final class Observer {

    private Observer() {}

    static ProcessBuilder ofLines(Workbench workbench, String tag, Path file) {
        return new ProcessBuilder(workbench.program("observer").toString(), tag, file.toString(), "lines");
    }

    static ProcessBuilder ofRequests(Workbench workbench, String tag, Path file) {
        return new ProcessBuilder(workbench.program("observer").toString(), tag, file.toString(), "http");
    }

    /** A backend that answers after a delay. */
    static ProcessBuilder ofSlowRequests(Workbench workbench, String tag, Path file, int millis) {
        return new ProcessBuilder(
                workbench.program("observer").toString(), tag, file.toString(), "http", Integer.toString(millis));
    }

    /** Deletes the records of an earlier observer. */
    static void forget(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** Opens the records of a running observer. */
    static Sightings sightings(Path file) throws IOException {
        Patience.await("the observer", () -> Files.exists(file) && Files.size(file) > 0);
        return new Sightings(file);
    }
}
