package io.procmon.join;

import io.procmon.events.ExecRecord;
import io.procmon.events.ExitRecord;
import io.procmon.events.FoundFile;
import io.procmon.events.ImageKey;
import io.procmon.events.Started;
import io.procmon.process.ContainerPath;
import java.util.Optional;

/**
 * A process image that runs.
 *
 * @param parent the nearest one above it, if there is any
 * @param runner the tool that built it for the student and runs it, such as {@code go run}
 * @param role what it does for its student
 */
record RunningImage(ImageKey image, Optional<ImageKey> parent, Optional<ImageKey> runner, Role role) {

    /** The activity that it is, if it is one. */
    Optional<Started> activity() {
        return role.activity();
    }

    /** The build that it is, or the part of one. */
    Optional<RunningBuild> build() {
        return role instanceof Role.Build build ? Optional.of(build.build()) : Optional.empty();
    }

    /** The same with clipped paths and arguments. */
    RunningImage clipped() {
        return with(role.clipped());
    }

    /** The same activity in the image that its process has become. */
    RunningImage as(ExecRecord exec) {
        return new RunningImage(exec.image(), exec.parent(), runner, role);
    }

    /** The same image, which is no longer an activity. */
    RunningImage withoutActivity() {
        return with(new Role.Other());
    }

    /** The same image; a build was seen to write a file. */
    RunningImage withOutput(FoundFile file) {
        return role instanceof Role.Build(var build, var reported, var _)
                ? with(new Role.Build(build, reported, Optional.of(file)))
                : this;
    }

    /** The same image; the program that a run built has ended. */
    RunningImage withProgramEnd(ExitRecord end) {
        return role instanceof Role.Run(var started, var command, var provenance, var _)
                ? with(new Role.Run(started, command, provenance, Optional.of(end)))
                : this;
    }

    /** Whether it runs what it has built as a process of its own, and a file is that. */
    boolean runs(ContainerPath executable) {
        return role instanceof Role.Run run && run.runs(executable);
    }

    private RunningImage with(Role other) {
        return new RunningImage(image, parent, runner, other);
    }
}
