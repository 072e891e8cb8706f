package io.procmon.stream;

import io.procmon.handlers.Outcome;
import io.procmon.join.Step;
import io.quarkus.logging.Log;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says once of each handler that it is broken, and how: every later failure of it is counted, and told at DEBUG. */
final class BrokenHandlers {

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** Looks at what the chain made of a beginning. */
    void report(Step<?> step) {
        if (step instanceof Step.Begin<?> begin) {
            report(begin.understood());
        }
    }

    /** Looks at what the chain made of an activity. */
    void report(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Failed<?>(var handler, var cause)) {
            if (known.add(handler)) {
                Log.errorf(
                        cause,
                        "%s has a bug, which cost an activity; further ones are only counted, in procmon_process_images_failed_total",
                        handler);
            } else {
                Log.debugf(cause, "%s has a bug", handler);
            }
        }
    }
}
