package io.procmon.api;

import io.procmon.events.Report;
import io.procmon.spool.Entry;
import java.time.Duration;

/** How the delivery of a report ended. */
public sealed interface Receipt {

    /** What was to be delivered. */
    Entry entry();

    /** What was to be told. */
    default Report report() {
        return entry().report();
    }

    /**
     * The backend has it.
     *
     * @param status the HTTP status: below 400, or 409 if it knew the event already; 0 from Kafka
     */
    record Delivered(Entry entry, int status) implements Receipt {}

    /**
     * The backend will never take it.
     *
     * @param status the HTTP status, from 400 to 499, or an error code of Kafka's
     * @param answer the beginning of what it says
     */
    record Rejected(Entry entry, int status, String answer) implements Receipt {}

    /**
     * The backend failed at it again and again, while it may take what comes behind it.
     *
     * @param cause how it failed
     * @param pause how long it is left alone
     */
    record Postponed(Entry entry, String cause, Duration pause) implements Receipt {}
}
