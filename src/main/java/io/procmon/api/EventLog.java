package io.procmon.api;

import java.util.UUID;
import org.jboss.logging.MDC;

/** Lines about one event carry its id in the field {@code event_id}, by which its whole way can be found in a log. */
public final class EventLog {

    private static final String EVENT_ID = "event_id";

    private EventLog() {}

    /** Says something about an event. */
    public static void about(UUID eventId, Runnable line) {
        MDC.put(EVENT_ID, eventId.toString());
        try {
            line.run();
        } finally {
            MDC.remove(EVENT_ID);
        }
    }
}
