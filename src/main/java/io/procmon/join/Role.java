package io.procmon.join;

import io.procmon.events.ExitRecord;
import io.procmon.events.FoundFile;
import io.procmon.events.Provenance;
import io.procmon.events.Started;
import io.procmon.parser.Command;
import io.procmon.process.ContainerPath;
import io.procmon.process.ProcessType;
import java.util.Optional;

/** What a running image does for its student. */
sealed interface Role {

    /**
     * It builds.
     *
     * @param build the build, or the part of one
     * @param reported whether it is an activity; a part of a build and a build outside of homeworks are none
     * @param output what was last seen where it is to write its program
     */
    record Build(RunningBuild build, boolean reported, Optional<FoundFile> output) implements Role {}

    /**
     * It is a run, which is an activity.
     *
     * @param started how it began
     * @param command what it was asked to do
     * @param provenance where its program comes from: asked at the exec, since builds are forgotten in time
     * @param programEnd if it is a tool that built a program for the student, such as {@code go run}: how that has ended
     */
    record Run(Started started, Command.Run command, Optional<Provenance> provenance, Optional<ExitRecord> programEnd)
            implements Role {

        /** Whether it runs what it has built as a process of its own, and a file is that. */
        boolean runs(ContainerPath executable) {
            return started.origin().type() instanceof ProcessType.Known(var tool)
                    && tool.manual()
                            .program()
                            .filter(program ->
                                    program.matcher(executable.value()).matches())
                            .isPresent();
        }

        /** How it ended for the student: as the program did that it ran. The rest of its time it compiled. */
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

    /** It is no activity, and no part of one. */
    record Other() implements Role {}

    /** The role of an activity. */
    static Role of(Started started, Optional<Provenance> provenance) {
        return switch (started.command()) {
            case Command.Compile compile -> new Build(new RunningBuild(started, compile), true, Optional.empty());
            case Command.Run run -> new Run(started, run, provenance, Optional.empty());
        };
    }

    /** The role of a build that is no activity. */
    static Role part(Started started) {
        return switch (started.command()) {
            case Command.Compile compile -> new Build(new RunningBuild(started, compile), false, Optional.empty());
            case Command.Run _ -> new Other();
        };
    }

    /** The activity that it is, if it is one. */
    default Optional<Started> activity() {
        return switch (this) {
            case Build build -> Optional.of(build.build().started()).filter(_ -> build.reported());
            case Run run -> Optional.of(run.started());
            case Other() -> Optional.empty();
        };
    }

    /** What it holds in memory: an activity, or a build that is not reported. */
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
