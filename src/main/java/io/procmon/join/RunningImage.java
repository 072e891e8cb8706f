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
 * @param parent its nearest ancestor that called exec, if known
 * @param runner the tool that built the program and runs it, such as {@code go run}
 * @param role the role of the image in the student's work
 */
record RunningImage(ImageKey image, Optional<ImageKey> parent, Optional<ImageKey> runner, Role role) {

    /** The activity, if the image is one. */
    Optional<Started> activity() {
        return role.activity();
    }

    /** The build, or the part of one, if the image is one. */
    Optional<RunningBuild> build() {
        return role instanceof Role.Build build ? Optional.of(build.build()) : Optional.empty();
    }

    /** The same with clipped paths and arguments. */
    RunningImage clipped() {
        return with(role.clipped());
    }

    /** The same activity, moved to the next image of its process. */
    RunningImage as(ExecRecord exec) {
        return new RunningImage(exec.image(), exec.parent(), runner, role);
    }

    /** The same image, which is no longer an activity. */
    RunningImage withoutActivity() {
        return with(new Role.Other());
    }

    /** The same image, with the file that its build was seen to write. */
    RunningImage withOutput(FoundFile file) {
        return role instanceof Role.Build(var build, var reported, var _)
                ? with(new Role.Build(build, reported, Optional.of(file)))
                : this;
    }

    /** The same image, with the end of the program that it built and ran. */
    RunningImage withProgramEnd(ExitRecord end) {
        return role instanceof Role.Run(var started, var command, var provenance, var _)
                ? with(new Role.Run(started, command, provenance, Optional.of(end)))
                : this;
    }

    /** Whether this tool runs the program that it has built in another process, and the executable is that program. */
    boolean runs(ContainerPath executable) {
        return role instanceof Role.Run run && run.runs(executable);
    }

    private RunningImage with(Role other) {
        return new RunningImage(image, parent, runner, other);
    }
}
