package io.procmon.handlers;

import io.procmon.events.Activity;

/**
 * The last step of the chain, and its extension point: looks at each activity once it has ended, and lets it go on or
 * stops it. A bean that implements this is found by itself; several go by {@code @Priority}, the lowest number first.
 * They are called on one thread.
 */
public interface ActivityHandler {

    /** Lets the activity, or another in its place, go on, or stops it with a reason. Must not block. */
    Outcome<Activity> handle(Activity activity);
}
