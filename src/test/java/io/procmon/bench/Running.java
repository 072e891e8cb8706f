package io.procmon.bench;

import java.io.IOException;
import java.util.Optional;

/** A tracer at work. */
interface Running extends AutoCloseable {

    /** The process whose costs are the tracer's. */
    Process process();

    /** How many events it has told of. */
    long seen() throws IOException;

    /**
     * Waits until it has told of something.
     *
     * @throws TracerEnded if it ends before
     */
    default void awaitFirst() throws IOException {
        Patience.await("a first event", () -> seen() > 0 || !process().isAlive());
        if (seen() == 0) {
            throw new TracerEnded(lastWords());
        }
    }

    /** Puts it under a load, and waits until it has told of all that, or tells no more. */
    default Load.Done settle(Load load, Workbench workbench) throws IOException {
        long before = seen();
        Load.Done done = load.run(workbench);
        Patience.awaitQuiet(before + load.count(), this::seen);
        return done;
    }

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
