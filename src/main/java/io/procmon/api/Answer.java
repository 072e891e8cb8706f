package io.procmon.api;

import java.time.Duration;
import java.util.Optional;

/** What came of one request. */
public sealed interface Answer {

    /** Whether it is true of every activity in the request, and not just of some. */
    default boolean isForAll() {
        return false;
    }

    /**
     * The backend has it, now or already.
     *
     * @param status the HTTP status, or Kafka's error code, which is 0
     */
    record Accepted(int status) implements Answer {

        private static final int CONFLICT = 409;

        @Override
        public boolean isForAll() {
            return status != CONFLICT; // it knows one of them
        }
    }

    /**
     * The backend will never take it.
     *
     * @param status the HTTP status, or Kafka's error code
     * @param text the beginning of what it says
     */
    record Refused(int status, String text) implements Answer {}

    /**
     * Another time, perhaps.
     *
     * @param cause why, for people: {@code HTTP 503}, or what became of the connection
     * @param trouble why, for metrics
     * @param after how long the backend wants to be left alone
     */
    record TryAgain(String cause, DeliveryFailure trouble, Optional<Duration> after) implements Answer {

        /** Whether it may be this one activity that the backend fails at, so that others could pass. */
        boolean isMaybeItsOwnFault() {
            return trouble == DeliveryFailure.SERVER_ERROR;
        }
    }
}
