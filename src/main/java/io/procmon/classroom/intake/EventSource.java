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
     * @param receiver stores events in the form of the dialect {@code generic}, and returns after they are stored; an
     * {@link IllegalStateException} means that the store is not available, and that the source must send the same
     * events again
     */
    void open(Consumer<List<ObjectNode>> receiver);

    /** Stops reading. The source sends events that were not stored again after the next start. */
    void close();
}
