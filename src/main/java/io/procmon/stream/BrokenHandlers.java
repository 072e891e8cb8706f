package io.procmon.stream;

import io.procmon.handlers.Outcome;
import io.procmon.join.Step;
import io.procmon.metrics.Stage;
import io.quarkus.logging.Log;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Says once of each handler that it is broken, and how: every later failure of it is counted, and told at DEBUG. */
final class BrokenHandlers {

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    private final Consumer<Stage> counter;

    /** @param counter counts each failure */
    BrokenHandlers(Consumer<Stage> counter) {
        this.counter = counter;
    }

    /** Looks at what the chain made of a beginning. */
    void report(Step<?> step) {
        if (step instanceof Step.Begin<?> begin) {
            report(Stage.UNDERSTAND, begin.understood());
        }
    }

    /** Looks at what the chain made of an activity. */
    void report(Stage stage, Outcome<?> outcome) {
        if (outcome instanceof Outcome.Failed<?>(var handler, var cause)) {
            counter.accept(stage);
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
