package io.procmon.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Receives the activities that a node sends to this process over HTTP. A process has at most one open receiver. */
public interface ActivityReceiver {

    /** Whether this receiver is the one that the process uses. The value is constant while the process runs. */
    boolean isOpen();

    /**
     * Stores events, and returns after they are stored. An event that was stored before has no effect.
     *
     * @param events in the form of the dialect {@code generic}; either all events of a request are stored, or none
     * @throws InvalidActivity if one of them is invalid, with the reason
     * @throws IllegalStateException if the store is not available; the sender must retry
     */
    void receive(List<ObjectNode> events);
}
