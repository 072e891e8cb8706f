package io.procmon.recipes;

import io.procmon.events.Activity;
import io.procmon.handlers.ActivityHandler;
import io.procmon.handlers.Outcome;
import io.procmon.handlers.Reason;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;

/** Both stop all activities in hw20. The reason is that of the handler that is called first. */
public final class TwoHandlers {

    private TwoHandlers() {}

    private static Outcome<Activity> stop(Activity activity, String why) {
        return activity.started().homework().equals("hw20") ? Outcome.stop(new Reason(why)) : Outcome.proceed(activity);
    }

    @ApplicationScoped
    @Priority(1)
    public static class Lowest implements ActivityHandler {
        @Override
        public Outcome<Activity> handle(Activity activity) {
            return stop(activity, "lowest");
        }
    }

    @ApplicationScoped
    @Priority(2)
    public static class Highest implements ActivityHandler {
        @Override
        public Outcome<Activity> handle(Activity activity) {
            return stop(activity, "highest");
        }
    }
}
