package io.procmon.handlers;

import io.procmon.events.Activity;

/**
 * The last step of the handlers, and their extension point: it passes each ended activity on, or stops it. Beans of
 * this type are found automatically. {@code @Priority} orders them, the lowest number first. One thread calls them.
 */
public interface ActivityHandler {

    /** Passes the activity or a replacement on, or stops it with a reason. Must not block. */
    Outcome<Activity> handle(Activity activity);
}
