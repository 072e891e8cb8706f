package io.procmon.classroom.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/** A place from which the class service reads events, besides its HTTP resources. */
public interface EventSource {

    /** The address for logs, without secrets. */
    String address();

    /**
     * Begins to read.
     *
     * @param receiver stores events in the form of the dialect {@code generic}, and returns after they are stored; an {@link
     *     IllegalStateException} says that the store is not available, and that the same events must come again
     */
    void open(Consumer<List<ObjectNode>> receiver);

    /** Stops reading. Events that were not stored come again after the next start. */
    void close();
}
