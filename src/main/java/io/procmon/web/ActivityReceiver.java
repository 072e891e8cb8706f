package io.procmon.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Takes the activities that a node sends to this process by HTTP. At most one receiver of a process is open. */
public interface ActivityReceiver {

    /** Whether this process is to receive activities by this receiver. It never changes while the process runs. */
    boolean isOpen();

    /**
     * Takes events. It returns after they are kept; an event that was taken before changes nothing.
     *
     * @param events in the form of the dialect {@code generic}; those of one request are taken together or not at all
     * @throws InvalidActivity if one of them is no event, with the reason
     * @throws IllegalStateException if nothing can be taken now, and the sender has to try again
     */
    void receive(List<ObjectNode> events);
}
