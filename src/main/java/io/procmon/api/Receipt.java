package io.procmon.api;

import io.procmon.events.Activity;

/** How the delivery of an activity ended. */
public sealed interface Receipt {

    /** What was to be delivered. */
    Activity activity();

    /**
     * The backend took it.
     *
     * @param status the HTTP status, below 400
     */
    record Delivered(Activity activity, int status) implements Receipt {}

    /**
     * The backend refused it.
     *
     * @param status the HTTP status, 400 or above
     */
    record Rejected(Activity activity, int status) implements Receipt {}

    /**
     * No answer came.
     *
     * @param cause why
     */
    record Undelivered(Activity activity, Throwable cause) implements Receipt {}
}
