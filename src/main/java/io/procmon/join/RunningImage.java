package io.procmon.join;

import io.procmon.events.ExecRecord;
import io.procmon.events.ExitRecord;
import io.procmon.events.FoundFile;
import io.procmon.events.ImageKey;
import io.procmon.events.Provenance;
import io.procmon.events.Started;
import io.procmon.parser.Command;
import io.procmon.process.ContainerPath;
import io.procmon.process.ProcessType;
import java.util.Optional;

/**
 * A process image that runs.
 *
 * @param parent the nearest one above it, if there is any
 * @param activity what it is, if it is any
 * @param build the build that it is, or the part of one
 * @param provenance where its program comes from: asked at the exec, since builds are forgotten in time
 * @param output what was last seen where it is to write its program
 * @param runner the tool that built it for the student and runs it, such as {@code go run}
 * @param programEnd if it is such a tool: how its program has ended
 */
record RunningImage(
        ImageKey image,
        Optional<ImageKey> parent,
        Optional<Started> activity,
        Optional<RunningBuild> build,
        Optional<Provenance> provenance,
        Optional<FoundFile> output,
        Optional<ImageKey> runner,
        Optional<ExitRecord> programEnd) {

    /**
     * One that has just begun.
     *
     * @param part what it is, if it is a part of an activity
     */
    static RunningImage begun(
            ExecRecord exec,
            Optional<Started> activity,
            Optional<Started> part,
            Optional<Provenance> provenance,
            Optional<ImageKey> runner) {
        return new RunningImage(
                exec.image(),
                exec.parent(),
                activity,
                activity.or(() -> part).flatMap(RunningBuild::of),
                provenance,
                Optional.empty(),
                runner,
                Optional.empty());
    }

    /** The same with clipped paths and arguments. */
    RunningImage clipped() {
        Optional<Started> clipped = activity.map(Started::clipped);
        return new RunningImage(
                image,
                parent,
                clipped,
                clipped.or(() -> build.map(RunningBuild::started).map(Started::clipped))
                        .flatMap(RunningBuild::of),
                provenance,
                output,
                runner,
                programEnd);
    }

    /** The same activity in the image that its process has become. */
    RunningImage as(ExecRecord exec) {
        return new RunningImage(exec.image(), exec.parent(), activity, build, provenance, output, runner, programEnd);
    }

    RunningImage withoutActivity() {
        return new RunningImage(image, parent, Optional.empty(), build, provenance, output, runner, programEnd);
    }

    RunningImage withOutput(FoundFile file) {
        return new RunningImage(image, parent, activity, build, provenance, Optional.of(file), runner, programEnd);
    }

    RunningImage withProgramEnd(ExitRecord end) {
        return new RunningImage(image, parent, activity, build, provenance, output, runner, Optional.of(end));
    }

    /** Where it is to write a program, if it is a build that does. */
    Optional<ContainerPath> program() {
        return build.map(RunningBuild::command).flatMap(Builds::program);
    }

    /** Whether it runs what it has built as a process of its own, and a file is that. */
    boolean runs(ContainerPath executable) {
        return activity.filter(started -> started.command() instanceof Command.Run)
                .map(started -> started.origin().type())
                .flatMap(type -> type instanceof ProcessType.Known(var tool)
                        ? tool.manual().program()
                        : Optional.empty())
                .filter(program -> program.matcher(executable.value()).matches())
                .isPresent();
    }

    /** How it ended for the student: as the program did that it ran. The rest of its time it compiled. */
    ExitRecord endOf(ExitRecord own) {
        return programEnd
                .map(program ->
                        new ExitRecord(own.image(), own.at(), program.status(), program.usage(), own.errorOutput()))
                .orElse(own);
    }
}
