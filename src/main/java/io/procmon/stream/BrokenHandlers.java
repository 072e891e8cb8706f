package io.procmon.stream;

import io.procmon.handlers.Outcome;
import io.procmon.join.Step;
import io.procmon.metrics.Stage;
import io.quarkus.logging.Log;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Logs the first failure of each handler as an error. Later failures are counted, and logged at DEBUG. */
final class BrokenHandlers {

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    private final Consumer<Stage> counter;

    /** @param counter counts each failure */
    BrokenHandlers(Consumer<Stage> counter) {
        this.counter = counter;
    }

    /** Reports a failed step of the handlers for execs. */
    void report(Step<?> step) {
        if (step instanceof Step.Begin<?> begin) {
            report(Stage.UNDERSTAND, begin.understood());
        }
    }

    /** Reports a failed outcome of the handlers for activities. */
    void report(Stage stage, Outcome<?> outcome) {
        if (outcome instanceof Outcome.Failed<?>(var handler, var cause)) {
            counter.accept(stage);
            if (known.add(handler)) {
                Log.errorf(
                        cause,
                        "%s has a bug and dropped an activity; further failures are only counted, in procmon_process_images_failed_total",
                        handler);
            } else {
                Log.debugf(cause, "%s has a bug", handler);
            }
        }
    }
}
