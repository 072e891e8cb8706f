package io.procmon.api;

import java.util.UUID;
import org.jboss.logging.MDC;

/** Adds the field {@code event_id} to log lines about one event, so that all its lines can be found by the id. */
public final class EventLog {

    private static final String EVENT_ID = "event_id";

    private EventLog() {}

    /** Runs the logging call with the id of the event in the log context. */
    public static void about(UUID eventId, Runnable line) {
        MDC.put(EVENT_ID, eventId.toString());
        try {
            line.run();
        } finally {
            MDC.remove(EVENT_ID);
        }
    }
}
