package io.procmon.events;

import io.procmon.parser.Command;
import io.procmon.process.ContainerPath;
import io.procmon.process.ProcessType;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * A student's activity that has ended: a build, or a run of a program. procmon reports each activity to the backend.
 */
public sealed interface Activity {

    /** The activity as it was when it started. */
    Started started();

    /** The exit of the activity's process image. */
    ExitRecord end();

    /** The kind of activity: {@code build} or {@code run}. */
    default String kind() {
        return started().kind();
    }

    /** A unique id of the activity. It is derived from the activity alone, so that a retry sends the same id. */
    default UUID eventId() {
        return started().eventId();
    }

    /** Wall-clock time from exec to exit. */
    default Duration duration() {
        return started().origin().exec().at().until(end().at());
    }

    /** The path that identifies the activity to a reader: the first source file, the script, or the binary. */
    default ContainerPath target() {
        return started().command().target();
    }

    /**
     * A run of a compiler.
     *
     * @param command the command line of the compiler, parsed
     * @param program the program that the build wrote; empty if it wrote none, or if procmon could not look at it
     */
    record Build(Started started, Command.Compile command, ExitRecord end, Optional<ProgramFile> program)
            implements Activity {

        /** Creates a build whose program is unknown. */
        public Build(Started started, Command.Compile command, ExitRecord end) {
            this(started, command, end, Optional.empty());
        }
    }

    /**
     * A run of a script by an interpreter, or of a student's own binary.
     *
     * @param command the script or the binary
     * @param provenance whether the student built the program here; empty for a script, which no build writes
     */
    record Run(Started started, Command.Run command, ExitRecord end, Optional<Provenance> provenance)
            implements Activity {

        /** The build that wrote the program, if it is known. */
        public Optional<BuiltBy> builtBy() {
            return provenance.flatMap(Provenance::builtBy);
        }

        /** The student's program that ran; empty for a script, and for a program that another program loaded. */
        public Optional<ProgramFile> program() {
            Executable file = started.origin().exec().call().executable();
            return started.origin().type() instanceof ProcessType.UserBinary
                    ? Optional.of(new ProgramFile(file.path(), file.bytes(), file.modifiedAt()))
                    : Optional.empty();
        }
    }
}
