package io.procmon.join;

import io.procmon.events.Activity;
import io.procmon.events.BuiltBy;
import io.procmon.events.ExecRecord;
import io.procmon.events.ExitRecord;
import io.procmon.events.FileId;
import io.procmon.events.ImageKey;
import io.procmon.events.Started;
import io.procmon.handlers.Outcome;
import io.procmon.handlers.Reason;
import io.procmon.parser.Command;
import io.procmon.process.ContainerPath;
import io.procmon.process.ProcessType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The process images that run now: where an exec waits for its exit. It holds as many as the kernel program tracks, and
 * of those that are no activity only the identity. One thread takes steps; the counts are for any thread.
 */
public final class RunningImages {

    /** From a linker to its compiler it is two steps; a loop in what the kernel said must not be one here. */
    private static final int ANCESTORS_MAX = 16;

    /**
     * An image that runs.
     *
     * @param activity what it is, if it is any
     * @param builtBy where its program comes from: asked at the exec, since builds are forgotten in time
     * @param output what was last seen where it is to write its program
     */
    private record Running(
            ImageKey image,
            Optional<ImageKey> parent,
            Optional<Started> activity,
            Optional<BuiltBy> builtBy,
            Optional<FileId> output) {

        boolean isBuild() {
            return activity.isPresent() && activity.get().command() instanceof Command.Compile;
        }

        Running withOutput(FileId file) {
            return new Running(image, parent, activity, builtBy, Optional.of(file));
        }
    }

    private final Builds builds = new Builds();
    private final ContainerFiles files;
    private final Map<Integer, Running> byTgid = new ConcurrentHashMap<>();
    private final AtomicInteger images = new AtomicInteger();
    private final AtomicInteger activities = new AtomicInteger();
    private final AtomicLong endsWithoutBegin = new AtomicLong();

    /** @param files looks at what builds write */
    public RunningImages(ContainerFiles files) {
        this.files = files;
    }

    /** What the builds that ended have written. */
    public Builds builds() {
        return builds;
    }

    /** How many images run now. */
    public int images() {
        return images.get();
    }

    /** How many of these are activities. */
    public int activities() {
        return activities.get();
    }

    /** The activities that run now, in no order; for any thread. */
    public List<Started> started() {
        return byTgid.values().stream()
                .map(Running::activity)
                .flatMap(Optional::stream)
                .toList();
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
            case Step.Begin<Started> begin -> begin(begin);
            case Step.End<Started>(var exit) -> end(exit);
        };
    }

    private Optional<Outcome<Activity>> begin(Step.Begin<Started> begin) {
        ImageKey image = begin.exec().image();
        Optional<Running> before = forget(image.tgid());
        Optional<Started> script = before.filter(running -> running.image().isSameProcess(image))
                .flatMap(Running::activity)
                .filter(RunningImages::isScript);
        Optional<Started> activity = begin.understood().proceeding();
        if (script.isPresent() && activity.isEmpty()) {
            remember(running(begin.exec(), script));
            return Optional.empty();
        }
        remember(running(begin.exec(), activity));
        return before.flatMap(running -> unended(running, image));
    }

    private Running running(ExecRecord exec, Optional<Started> activity) {
        return new Running(exec.image(), exec.parent(), activity, activity.flatMap(this::builtBy), Optional.empty());
    }

    /** A script goes on in whatever its interpreter becomes: {@code #!/usr/bin/env -S awk -f} is env first, and then awk. */
    private static boolean isScript(Started started) {
        return started.origin().type() instanceof ProcessType.Script;
    }

    private Optional<Outcome<Activity>> end(ExitRecord exit) {
        lookAtOutput(exit.image());
        Optional<Running> running = forget(exit.image().tgid());
        if (running.isPresent() && running.get().image().equals(exit.image())) {
            return activity(running.get(), exit).map(Outcome::proceed);
        }
        endsWithoutBegin.incrementAndGet();
        return running.flatMap(before -> unended(before, exit.image()));
    }

    /** An activity whose pid somebody else has: it was replaced by another exec, or has ended without our hearing of it. */
    private static Optional<Outcome<Activity>> unended(Running before, ImageKey now) {
        Reason reason = before.image().isSameProcess(now) ? Reason.REPLACED : Reason.END_UNSEEN;
        return before.activity().map(_ -> Outcome.stop(reason));
    }

    private Optional<Activity> activity(Running running, ExitRecord exit) {
        return running.activity().map(started -> switch (started.command()) {
            case Command.Compile compile -> {
                var build = new Activity.Build(started, compile, exit);
                builds.ended(build, running.output());
                yield build;
            }
            case Command.Run run -> new Activity.Run(started, run, exit, running.builtBy());
        });
    }

    private Optional<BuiltBy> builtBy(Started started) {
        return switch (started.origin().type()) {
            case ProcessType.UserBinary() -> builds.of(started);
            case ProcessType.Known _, ProcessType.Script _ -> Optional.empty();
            case ProcessType.Wrapped _ ->
                Optional.empty(); // the kernel tells of the wrapper's file, not of the program's
        };
    }

    /**
     * Looks at what a build writes whenever a part of it ends: behind the last one, the linker, the file is complete, and
     * nobody has moved it yet.
     */
    private void lookAtOutput(ImageKey ended) {
        buildOf(ended)
                .ifPresent(build -> program(build)
                        .flatMap(path -> look(build, path))
                        .ifPresent(file -> byTgid.put(build.image().tgid(), build.withOutput(file))));
    }

    /** Through the build's own eyes, or those of the shell that waits for it. */
    private Optional<FileId> look(Running build, ContainerPath path) {
        return files.find(build.image(), path).or(() -> build.parent().flatMap(shell -> files.find(shell, path)));
    }

    /** The program that a build links, if it does. */
    private static Optional<ContainerPath> program(Running build) {
        return build.activity().map(Started::command).flatMap(command -> switch (command) {
            case Command.Compile compile -> Builds.program(compile);
            case Command.Run _ -> Optional.empty();
        });
    }

    /** The nearest build among an image and its ancestors. */
    private Optional<Running> buildOf(ImageKey image) {
        Optional<Running> running = running(image);
        for (int i = 0;
                i < ANCESTORS_MAX && running.isPresent() && !running.get().isBuild();
                i++) {
            running = running.flatMap(Running::parent).flatMap(this::running);
        }
        return running.filter(Running::isBuild);
    }

    private Optional<Running> running(ImageKey image) {
        return Optional.ofNullable(byTgid.get(image.tgid()))
                .filter(running -> running.image().equals(image));
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
