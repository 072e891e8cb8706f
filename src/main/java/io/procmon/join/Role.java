package io.procmon.join;

import io.procmon.events.ExitRecord;
import io.procmon.events.FoundFile;
import io.procmon.events.Provenance;
import io.procmon.events.Started;
import io.procmon.parser.Command;
import io.procmon.process.ContainerPath;
import io.procmon.process.ProcessType;
import java.util.Optional;

/** The role of a running image: a build, a run, or neither. */
sealed interface Role {

    /**
     * A build.
     *
     * @param build the build, or the part of one
     * @param reported whether the build is an activity; a part of a build and a build outside of homeworks are none
     * @param output the file that was last found at the output path of the program
     */
    record Build(RunningBuild build, boolean reported, Optional<FoundFile> output) implements Role {}

    /**
     * A run, which is an activity.
     *
     * @param started how the run began
     * @param command the command line, as parsed
     * @param provenance the origin of the program; it is determined at the exec, because builds are forgotten later
     * @param programEnd for a tool that builds a program and runs it, such as {@code go run}: the end of that program
     */
    record Run(Started started, Command.Run command, Optional<Provenance> provenance, Optional<ExitRecord> programEnd)
            implements Role {

        /**
         * Whether this tool runs the program that it has built in another process, and the executable is that program.
         */
        boolean runs(ContainerPath executable) {
            return started.origin().type() instanceof ProcessType.Known(var tool)
                    && tool.syntax()
                            .program()
                            .filter(program ->
                                    program.matcher(executable.value()).matches())
                            .isPresent();
        }

        /**
         * The end of the run as the student sees it: the end of the program, if the tool has built one. The tool spends
         * the rest of its time compiling.
         */
        ExitRecord endOf(ExitRecord own) {
            return programEnd
                    .map(program -> new ExitRecord(
                            own.image(),
                            own.at(),
                            program.status(),
                            program.usage(),
                            own.errorOutput(),
                            program.crash()))
                    .orElse(own);
        }
    }

    /** Neither an activity nor a part of one. */
    record Other() implements Role {}

    /** The role of an activity. */
    static Role of(Started started, Optional<Provenance> provenance) {
        return switch (started.command()) {
            case Command.Compile compile -> new Build(new RunningBuild(started, compile), true, Optional.empty());
            case Command.Run run -> new Run(started, run, provenance, Optional.empty());
        };
    }

    /** The role of a build that is not an activity. */
    static Role part(Started started) {
        return RunningBuild.of(started)
                .<Role>map(build -> new Build(build, false, Optional.empty()))
                .orElseGet(Other::new);
    }

    /** The activity that it is, if it is one. */
    default Optional<Started> activity() {
        return this instanceof Build build && !build.reported() ? Optional.empty() : held();
    }

    /** The content that it holds in memory: an activity, or a build that is not reported. */
    default Optional<Started> held() {
        return switch (this) {
            case Build build -> Optional.of(build.build().started());
            case Run run -> Optional.of(run.started());
            case Other() -> Optional.empty();
        };
    }

    /** The same role with clipped paths and arguments. */
    default Role clipped() {
        return switch (this) {
            case Build(var build, var reported, var output) -> new Build(build.clipped(), reported, output);
            case Run(var started, var command, var provenance, var end) ->
                new Run(started.clipped(), command.clipped(), provenance, end);
            case Other other -> other;
        };
    }
}
