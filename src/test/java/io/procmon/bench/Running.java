package io.procmon.bench;

import java.io.IOException;
import java.util.Optional;

/** A tracer at work. */
interface Running extends AutoCloseable {

    /** The process whose costs are the tracer's. */
    Process process();

    /** How many events it has told of. */
    long seen() throws IOException;

    /** What it has told, where it tells of each. */
    Optional<Sightings> sightings();

    /** Who listens to it. */
    Optional<Process> observer();

    /** Whether that listener takes activities as a backend does. */
    boolean isBackend();

    /** Why it does not run any more, in its own words. */
    String lastWords();

    @Override
    void close();
}
