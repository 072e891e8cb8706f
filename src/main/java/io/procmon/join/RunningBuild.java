package io.procmon.join;

import io.procmon.events.Started;
import io.procmon.parser.Command;
import io.procmon.process.ContainerPath;
import java.util.Optional;

/**
 * A build that runs, or a part of one: the linker that a compiler has called.
 *
 * @param started how it began
 * @param command what it was asked to do
 */
record RunningBuild(Started started, Command.Compile command) {

    /** What has begun as a build; empty if it is a run. */
    static Optional<RunningBuild> of(Started started) {
        return switch (started.command()) {
            case Command.Compile compile -> Optional.of(new RunningBuild(started, compile));
            case Command.Run _ -> Optional.empty();
        };
    }

    /** Where it is to write a program, if it does. */
    Optional<ContainerPath> program() {
        return Builds.program(command);
    }

    /** The same with clipped paths and arguments. */
    RunningBuild clipped() {
        return of(started.clipped()).orElse(this); // clipping makes no run of a build
    }
}
