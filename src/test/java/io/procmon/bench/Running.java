package io.procmon.bench;

import java.io.IOException;
import java.util.Optional;

/** A running tracer. */
interface Running extends AutoCloseable {

    /** The process to measure. */
    Process process();

    /** The number of events that it has reported. */
    long seen() throws IOException;

    /**
     * Waits until it has reported an event.
     *
     * @throws TracerEnded if it ends before
     */
    default void awaitFirst() throws IOException {
        Patience.await("a first event", () -> seen() > 0 || !process().isAlive());
        if (seen() == 0) {
            throw new TracerEnded(lastWords());
        }
    }

    /** Runs a load, and waits until all its events are reported, or no more arrive. */
    default Load.Done settle(Load load, Workbench workbench) throws IOException {
        long before = seen();
        Load.Done done = load.run(workbench);
        Patience.awaitQuiet(before + load.count(), this::seen);
        return done;
    }

    /** The events that it has reported, if an observer records them. */
    Optional<Sightings> sightings();

    /** The observer. */
    Optional<Process> observer();

    /** Whether the observer is a backend. */
    boolean isBackend();

    /** The reason for its end, from its output. */
    String lastWords();

    @Override
    void close();
}
