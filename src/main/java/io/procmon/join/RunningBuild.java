package io.procmon.join;

import io.procmon.events.Started;
import io.procmon.parser.Command;
import io.procmon.process.ContainerPath;
import java.util.Optional;

/**
 * A build that runs, or a part of one, such as the linker that a compiler has called.
 *
 * @param started how it began
 * @param command the command line, as parsed
 */
record RunningBuild(Started started, Command.Compile command) {

    /** The build of an activity; empty for a run. */
    static Optional<RunningBuild> of(Started started) {
        return switch (started.command()) {
            case Command.Compile compile -> Optional.of(new RunningBuild(started, compile));
            case Command.Run _ -> Optional.empty();
        };
    }

    /** The path of the program that the build links, if it links one. */
    Optional<ContainerPath> program() {
        return Builds.program(command);
    }

    /** The same with clipped paths and arguments. */
    RunningBuild clipped() {
        return of(started.clipped()).orElse(this); // a clipped build is still a build
    }
}
