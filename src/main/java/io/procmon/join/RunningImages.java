package io.procmon.join;

import io.procmon.events.Activity;
import io.procmon.events.ExecRecord;
import io.procmon.events.ExitRecord;
import io.procmon.events.FoundFile;
import io.procmon.events.ImageKey;
import io.procmon.events.ProgramFile;
import io.procmon.events.Provenance;
import io.procmon.events.Started;
import io.procmon.handlers.Outcome;
import io.procmon.handlers.Reason;
import io.procmon.handlers.WrittenFiles;
import io.procmon.process.ProcessType;
import io.procmon.process.Student;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds the process images that run, until their exit records arrive. It holds as many as the kernel program tracks.
 * For an image that is not an activity, it keeps only the key. One thread takes steps; any thread may read the counts.
 */
public final class RunningImages {

    /**
     * The limit of ancestors that are searched. From a linker to its compiler there are two. The limit also ends the
     * search if the kernel's records form a cycle.
     */
    private static final int ANCESTORS_MAX = 16;

    /**
     * The limit of characters in the paths and arguments of all large activities that run: a small part of the heap of
     * a small node.
     */
    private static final long CHARACTERS_MAX = 4 << 20;

    private final Builds builds = new Builds();
    private final ContainerFiles files;
    private final WatchedTime watched;
    private final FileTools tools;
    private final Map<Integer, RunningImage> byTgid = new ConcurrentHashMap<>();
    private final AtomicInteger images = new AtomicInteger();
    private final AtomicInteger activities = new AtomicInteger();
    private final AtomicLong endsWithoutBegin = new AtomicLong();
    private final RunningBudget budget;
    private int lost;

    /**
     * For a source that loses no records.
     *
     * @param files finds the files that builds write
     */
    public RunningImages(ContainerFiles files) {
        this(files, WatchedTime.complete(), new WrittenFiles());
    }

    /**
     * @param files finds the files that builds write
     * @param watched knows when procmon may have missed a build
     * @param written the locations of the files that builds wrote; tools that copy such files add to it
     */
    public RunningImages(ContainerFiles files, WatchedTime watched, WrittenFiles written) {
        this(files, watched, written, new RunningBudget(CHARACTERS_MAX));
    }

    RunningImages(ContainerFiles files, WatchedTime watched, WrittenFiles written, RunningBudget budget) {
        this.budget = budget;
        this.files = files;
        this.watched = watched;
        tools = new FileTools(builds, files, written);
    }

    /** The files that ended builds have written. */
    public Builds builds() {
        return builds;
    }

    /** The number of images that run now. */
    public int images() {
        return images.get();
    }

    /** The number of these images that are activities. */
    public int activities() {
        return activities.get();
    }

    /** The activities that run now, in no order. Any thread may call this. */
    public List<RunningActivity> running() {
        Map<ImageKey, ImageKey> programs = new HashMap<>();
        for (RunningImage image : byTgid.values()) {
            image.runner().ifPresent(runner -> programs.put(runner, image.image()));
        }
        return byTgid.values().stream()
                .flatMap(image -> image.activity().stream()
                        .map(started ->
                                new RunningActivity(started, programs.getOrDefault(image.image(), image.image()))))
                .toList();
    }

    /** The number of exit records without an exec record: the kernel program had to drop those. */
    public long endsWithoutBegin() {
        return endsWithoutBegin.get();
    }

    /**
     * Takes the next step.
     *
     * @return the outcome, if the step has one: an activity that ended, or an activity whose end was lost
     */
    public Optional<Outcome<Activity>> take(Step<Started> step) {
        int activitiesBefore = activities() + (isActivity(step) ? 1 : 0);
        boolean taken = false;
        try {
            Optional<Outcome<Activity>> decided = switch (step) {
                case Step.Begin<Started> begin -> begin(begin);
                case Step.End<Started>(var exit) -> end(exit);
            };
            taken = true;
            return decided;
        } finally {
            if (!taken) {
                forgetEnded(step);
                lost += activitiesBefore - activities();
            }
        }
    }

    /**
     * The number of activities that were lost in failed steps since the last call. A failed step loses at most the
     * activity that began and the one that it replaced.
     */
    public int takeLost() {
        int count = lost;
        lost = 0;
        return count;
    }

    private static boolean isActivity(Step<Started> step) {
        return step instanceof Step.Begin<Started> begin
                && begin.understood().proceeding().isPresent();
    }

    /** Removes an image whose exit record could not be processed. */
    private void forgetEnded(Step<Started> step) {
        if (step instanceof Step.End<Started>(var exit)) {
            running(exit.image()).ifPresent(ended -> forget(ended.image().tgid()));
        }
    }

    /**
     * Begins an image. An activity continues if its process becomes a program that is not an activity. Examples: a
     * program that calls exec for {@code /bin/false}; {@code #!/usr/bin/env -S awk -f}, which is first env and then
     * awk.
     */
    private Optional<Outcome<Activity>> begin(Step.Begin<Started> begin) {
        ImageKey image = begin.exec().image();
        watched.saw(begin.exec());
        if (isNoPartOfAnything(begin)) {
            tools.began(begin.exec());
        }
        Optional<RunningImage> before = forget(image.tgid());
        Optional<RunningImage> goingOn = before.filter(
                        running -> running.image().isSameProcess(image))
                .filter(running -> running.activity().isPresent());
        Optional<Started> activity = begin.understood().proceeding();
        if (goingOn.isPresent() && activity.isEmpty()) {
            remember(goingOn.get().as(begin.exec()));
            return Optional.empty();
        }
        remember(running(begin, activity));
        return before.flatMap(running -> unended(running, image))
                .or(() -> activity.flatMap(started -> takeOver(started, begin.exec())));
    }

    /**
     * Moves the run of a script to the interpreter that its first interpreter starts: {@code #!/usr/bin/env -S timeout
     * 5 python3} is first env, then timeout, and Python is a child of that.
     */
    private Optional<Outcome<Activity>> takeOver(Started started, ExecRecord exec) {
        Optional<RunningImage> script = exec.parent().flatMap(this::running);
        for (int i = 0; i < ANCESTORS_MAX && script.isPresent(); i++) {
            if (script.flatMap(RunningImage::activity)
                    .filter(above -> isScript(above)
                            && above.command().target().equals(started.command().target()))
                    .isPresent()) {
                forget(script.get().image().tgid());
                remember(script.get().withoutActivity());
                return Optional.of(Outcome.stop(Reason.REPLACED));
            }
            script = script.flatMap(this::above);
        }
        return Optional.empty();
    }

    /**
     * Whether a program is not an activity and has no compiler above it. A program that a compiler calls writes for the
     * compiler.
     */
    private boolean isNoPartOfAnything(Step.Begin<Started> begin) {
        return begin.understood().proceeding().isEmpty()
                && begin.part().isEmpty()
                && begin.exec().parent().flatMap(this::buildAbove).isEmpty();
    }

    private RunningImage running(Step.Begin<Started> begin, Optional<Started> activity) {
        ExecRecord exec = begin.exec();
        Optional<ImageKey> runner = exec.parent()
                .flatMap(this::running)
                .filter(parent -> parent.runs(exec.call().executable().path()))
                .map(RunningImage::image);
        Role role = activity.map(started -> Role.of(started, provenance(started)))
                .or(() -> begin.part().map(Role::part))
                .orElseGet(Role.Other::new);
        return new RunningImage(exec.image(), exec.parent(), runner, role);
    }

    private static boolean isScript(Started started) {
        return started.origin().type() instanceof ProcessType.Script;
    }

    private Optional<Outcome<Activity>> end(ExitRecord exit) {
        tools.ended(exit);
        lookAtOutput(exit.image());
        running(exit.image()).ifPresent(ended -> tell(ended, exit));
        Optional<RunningImage> running =
                Optional.ofNullable(byTgid.get(exit.image().tgid())).filter(found -> !isLater(found, exit));
        running.ifPresent(found -> forget(found.image().tgid()));
        if (running.isPresent() && running.get().image().equals(exit.image())) {
            return running.flatMap(ended -> activity(ended, exit)).map(Outcome::proceed);
        }
        endsWithoutBegin.incrementAndGet();
        return running.flatMap(before -> unended(before, exit.image()));
    }

    /**
     * Whether the running image began after an exit record. Then the record belongs to an earlier process with the same
     * id, and arrived late.
     */
    private static boolean isLater(RunningImage running, ExitRecord exit) {
        return running.image().startNanos() > exit.image().startNanos();
    }

    /**
     * Passes an end on: to the builds, which remember the files that were written, and to the tool whose program has
     * ended.
     */
    private void tell(RunningImage ended, ExitRecord exit) {
        if (ended.role() instanceof Role.Build build) {
            builds.ended(buildsOf(ended), exit, build.output());
        }
        ended.runner()
                .flatMap(this::running)
                .ifPresent(runner -> byTgid.put(runner.image().tgid(), runner.withProgramEnd(exit)));
    }

    /** The outcome of an activity whose pid another image has now: an exec replaced it, or its exit record was lost. */
    private static Optional<Outcome<Activity>> unended(RunningImage before, ImageKey now) {
        Reason reason = before.image().isSameProcess(now) ? Reason.REPLACED : Reason.END_UNSEEN;
        return before.activity().map(_ -> Outcome.stop(reason));
    }

    private Optional<Activity> activity(RunningImage running, ExitRecord exit) {
        return switch (running.role()) {
            case Role.Build build
            when build.reported() -> {
                RunningBuild it = build.build();
                yield Optional.of(new Activity.Build(it.started(), it.command(), exit, written(build, exit)));
            }
            case Role.Run run ->
                Optional.of(new Activity.Run(run.started(), run.command(), run.endOf(exit), run.provenance()));
            case Role.Build _, Role.Other _ -> Optional.empty();
        };
    }

    /**
     * The program that a build wrote, so that other nodes can recognise it. A file that the build did not change is not
     * its program. Stamps of a network file system come from another clock, so any stamp counts there.
     */
    private Optional<ProgramFile> written(Role.Build build, ExitRecord end) {
        if (!end.status().isSuccess()) {
            return Optional.empty();
        }
        return build.build()
                .program()
                .flatMap(path -> build.output()
                        .filter(file -> isWrittenBy(build.build(), file, end) || files.isOnNetwork(file.device()))
                        .map(file -> new ProgramFile(path, file.bytes(), file.modifiedAt())));
    }

    private static boolean isWrittenBy(RunningBuild build, FoundFile file, ExitRecord end) {
        Instant begin = build.started().origin().exec().at().utc();
        return !file.modifiedAt().isBefore(begin)
                && !file.modifiedAt().isAfter(end.at().utc());
    }

    private Optional<Provenance> provenance(Started started) {
        return switch (started.origin().type()) {
            case ProcessType.UserBinary() -> Optional.of(provenanceOf(started));
            case ProcessType.Wrapped wrapped ->
                wrapped.program() instanceof ProcessType.UserBinary
                        ? Optional.of(provenanceOfWrapped(started))
                        : Optional.empty();
            case ProcessType.Known _, ProcessType.Script _ -> Optional.empty();
        };
    }

    private Provenance provenanceOf(Started run) {
        ExecRecord exec = run.origin().exec();
        return builds.of(run)
                .<Provenance>map(Provenance.Built::new)
                .orElseGet(() -> watched.gap(exec.call().executable().modifiedAt(), exec)
                        .or(() -> builds.gap(run))
                        .or(() -> files.isOnNetwork(exec.call().executable().device())
                                ? Optional.of(Provenance.Gap.NETWORK_FILE_SYSTEM)
                                : Optional.empty())
                        .<Provenance>map(Provenance.Unknown::new)
                        .orElseGet(Provenance.NotBuilt::new));
    }

    /**
     * The provenance of a program that runs below a wrapper. The exec record describes the file of the wrapper, so
     * procmon looks for the file of the program.
     */
    private Provenance provenanceOfWrapped(Started run) {
        ExecRecord exec = run.origin().exec();
        return files.find(exec, run.command().target())
                .flatMap(file -> builds.of(run, file.id()))
                .<Provenance>map(Provenance.Built::new)
                .orElseGet(() -> new Provenance.Unknown(Provenance.Gap.UNREADABLE));
    }

    /**
     * Looks at the output of a build whenever a part of the build ends. After the end of the linker, the last part, the
     * file is complete and not moved yet.
     */
    private void lookAtOutput(ImageKey ended) {
        buildAbove(ended)
                .ifPresent(build -> build.build()
                        .flatMap(it -> it.program()
                                .flatMap(
                                        path -> files.find(it.started().origin().exec(), path)))
                        .ifPresent(file -> byTgid.put(build.image().tgid(), build.withOutput(file))));
    }

    /** The nearest build among an image and its ancestors. */
    private Optional<RunningImage> buildAbove(ImageKey image) {
        Optional<RunningImage> running = running(image);
        for (int i = 0;
                i < ANCESTORS_MAX
                        && running.isPresent()
                        && running.get().build().isEmpty();
                i++) {
            running = running.flatMap(this::above);
        }
        return running.filter(found -> found.build().isPresent());
    }

    /** A build and the builds that it is a part of, up to the one that the student has called. */
    private List<RunningBuild> buildsOf(RunningImage ended) {
        List<RunningBuild> builds = new ArrayList<>();
        Optional<RunningImage> running = Optional.of(ended);
        for (int i = 0; i < ANCESTORS_MAX && running.isPresent(); i++) {
            running.get().build().ifPresent(builds::add);
            if (running.get().activity().isPresent()) {
                return builds;
            }
            running = running.flatMap(this::above);
        }
        return builds;
    }

    private Optional<RunningImage> above(RunningImage image) {
        return image.parent().flatMap(this::running);
    }

    private Optional<RunningImage> running(ImageKey image) {
        return Optional.ofNullable(byTgid.get(image.tgid()))
                .filter(running -> running.image().equals(image));
    }

    private void remember(RunningImage begun) {
        RunningImage running = affordable(begun);
        byTgid.put(running.image().tgid(), running);
        images.set(byTgid.size());
        budget.add(running);
        if (running.activity().isPresent()) {
            activities.incrementAndGet();
        }
    }

    /**
     * The image itself, if there is memory for its paths and arguments. Otherwise activities of the student with the
     * most characters are clipped. They are still reported.
     */
    private RunningImage affordable(RunningImage begun) {
        Optional<Started> held = begun.role().held();
        if (held.isEmpty() || budget.hasRoomFor(held.get())) {
            return begun;
        }
        Started started = held.get();
        Student largest = budget.largestWith(started);
        if (!largest.equals(started.origin().student())) {
            clipOf(largest, started);
        }
        return budget.hasRoomFor(started) ? begun : begun.clipped();
    }

    /** Clips running activities of a student until there is room for an activity. */
    private void clipOf(Student student, Started needed) {
        for (RunningImage image : List.copyOf(byTgid.values())) {
            if (budget.hasRoomFor(needed)) {
                return;
            }
            boolean isTheirs = image.role()
                    .held()
                    .filter(started -> started.origin().student().equals(student))
                    .filter(started -> RunningBudget.weight(started) > 0)
                    .isPresent();
            if (isTheirs) {
                RunningImage clipped = image.clipped();
                budget.remove(image);
                budget.add(clipped);
                byTgid.put(image.image().tgid(), clipped);
            }
        }
    }

    private Optional<RunningImage> forget(int tgid) {
        Optional<RunningImage> running = Optional.ofNullable(byTgid.remove(tgid));
        images.set(byTgid.size());
        running.ifPresent(image -> {
            budget.remove(image);
            if (image.activity().isPresent()) {
                activities.decrementAndGet();
            }
        });
        return running;
    }
}
