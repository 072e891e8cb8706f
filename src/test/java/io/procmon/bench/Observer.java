package io.procmon.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts {@code observer.c}, which is told of execs and notes when. */
final class Observer {

    private Observer() {}

    static ProcessBuilder ofLines(Workbench workbench, String tag, Path file) {
        return new ProcessBuilder(workbench.program("observer").toString(), tag, file.toString(), "lines");
    }

    static ProcessBuilder ofRequests(Workbench workbench, String tag, Path file) {
        return new ProcessBuilder(workbench.program("observer").toString(), tag, file.toString(), "http");
    }

    /** A backend that answers after a while. */
    static ProcessBuilder ofSlowRequests(Workbench workbench, String tag, Path file, int millis) {
        return new ProcessBuilder(
                workbench.program("observer").toString(), tag, file.toString(), "http", Integer.toString(millis));
    }

    /** Before it starts: what an earlier one has noted. */
    static void forget(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** After it has started: what it notes. */
    static Sightings sightings(Path file) throws IOException {
        Patience.await("the observer", () -> Files.exists(file) && Files.size(file) > 0);
        return new Sightings(file);
    }
}
