package io.procmon.recipes;

import io.procmon.events.Activity;
import io.procmon.handlers.ActivityHandler;
import io.procmon.handlers.Outcome;
import io.procmon.handlers.Reason;
import jakarta.enterprise.context.ApplicationScoped;

/** Activities in hw0 are experiments; they are not sent. */
@ApplicationScoped
public class SandboxHandler implements ActivityHandler {

    private static final Reason SANDBOX = new Reason("sandbox");

    @Override
    public Outcome<Activity> handle(Activity activity) {
        return activity.started().homework().equals("hw0") ? Outcome.stop(SANDBOX) : Outcome.proceed(activity);
    }
}
