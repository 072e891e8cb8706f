package io.procmon.spool;

import java.time.Duration;
import java.util.Optional;

/** The outcome of one attempt to deliver, as the backend's answer gives it, or as delivery changes it for the spool. */
public sealed interface DeliveryOutcome {

    /** No answer of a backend: the status of an activity that procmon itself stopped delivering. */
    int NO_STATUS = 0;

    /**
     * The backend has the activity.
     *
     * @param status the HTTP status; 409 if the backend knew the event already; 0 from Kafka
     */
    record Delivered(int status) implements DeliveryOutcome {

        private static final int CONFLICT = 409;

        /** Whether the answer to a batch is about each activity of the batch. A 409 is about one of them. */
        public boolean isForAll() {
            return status != CONFLICT;
        }
    }

    /**
     * No later attempt will succeed. The activity becomes a dead letter.
     *
     * @param status the HTTP status, Kafka's error code, or {@link #NO_STATUS}
     * @param answer the beginning of the backend's answer, or the reason why procmon stopped
     */
    record Rejected(int status, String answer) implements DeliveryOutcome {}

    /**
     * A later attempt may succeed. The activity keeps its place: later activities of the same student wait for it.
     *
     * @param cause the reason for logs: {@code HTTP 503}, or the error of the connection
     * @param failure the reason for metrics
     * @param after the wait before the next attempt; in a backend's answer, the value of Retry-After
     */
    record Failed(String cause, DeliveryFailure failure, Optional<Duration> after) implements DeliveryOutcome {}

    /**
     * A later attempt may succeed, and other activities need not wait for it. The activity loses its place.
     *
     * @param cause why the last attempt failed, for people
     * @param pause the time to wait before the next attempt
     */
    record Postponed(String cause, Duration pause) implements DeliveryOutcome {}
}
