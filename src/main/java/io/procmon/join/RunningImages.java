package io.procmon.join;

import io.procmon.events.Activity;
import io.procmon.events.ExitRecord;
import io.procmon.events.ImageKey;
import io.procmon.events.Started;
import io.procmon.handlers.Outcome;
import io.procmon.handlers.Reason;
import io.procmon.parser.Command;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The process images that run now: where an exec waits for its exit. It holds as many as the kernel program tracks, and
 * of those that are no activity only the identity. One thread takes steps; the counts are for any thread.
 */
public final class RunningImages {

    private record Running(ImageKey image, Optional<Started> activity) {}

    private final Map<Integer, Running> byTgid = new HashMap<>();
    private final AtomicInteger images = new AtomicInteger();
    private final AtomicInteger activities = new AtomicInteger();
    private final AtomicLong endsWithoutBegin = new AtomicLong();

    /** How many images run now. */
    public int images() {
        return images.get();
    }

    /** How many of these are activities. */
    public int activities() {
        return activities.get();
    }

    /** How many ends came whose beginning the kernel had to drop. */
    public long endsWithoutBegin() {
        return endsWithoutBegin.get();
    }

    /**
     * Takes the next step.
     *
     * @return what is decided by it: an activity that has ended, or one of whose end nothing will be heard
     */
    public Optional<Outcome<Activity>> take(Step<Started> step) {
        return switch (step) {
            case Step.Begin<Started>(var exec, var understood) -> begin(exec.image(), understood);
            case Step.End<Started>(var exit) -> end(exit);
        };
    }

    private Optional<Outcome<Activity>> begin(ImageKey image, Outcome<Started> understood) {
        Optional<Running> before = forget(image.tgid());
        remember(new Running(image, understood.proceeding()));
        return before.flatMap(running -> unended(running, image));
    }

    private Optional<Outcome<Activity>> end(ExitRecord exit) {
        Optional<Running> running = forget(exit.image().tgid());
        if (running.isPresent() && running.get().image().equals(exit.image())) {
            return running.get().activity().map(started -> Outcome.proceed(activity(started, exit)));
        }
        endsWithoutBegin.incrementAndGet();
        return running.flatMap(before -> unended(before, exit.image()));
    }

    /** An activity whose pid somebody else has: it was replaced by another exec, or has ended without our hearing of it. */
    private static Optional<Outcome<Activity>> unended(Running before, ImageKey now) {
        Reason reason = before.image().isSameProcess(now) ? Reason.REPLACED : Reason.END_UNSEEN;
        return before.activity().map(_ -> Outcome.stop(reason));
    }

    private static Activity activity(Started started, ExitRecord exit) {
        return switch (started.command()) {
            case Command.Compile compile -> new Activity.Build(started, compile, exit);
            case Command.Run run -> new Activity.Run(started, run, exit);
        };
    }

    private void remember(Running running) {
        byTgid.put(running.image().tgid(), running);
        images.set(byTgid.size());
        running.activity().ifPresent(_ -> activities.incrementAndGet());
    }

    private Optional<Running> forget(int tgid) {
        Optional<Running> running = Optional.ofNullable(byTgid.remove(tgid));
        images.set(byTgid.size());
        running.flatMap(Running::activity).ifPresent(_ -> activities.decrementAndGet());
        return running;
    }
}
