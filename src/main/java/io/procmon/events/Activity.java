package io.procmon.events;

import io.procmon.parser.Command;
import io.procmon.process.ContainerPath;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that a student did and that has ended: a build, or a run of a program. This is what the backend hears of.
 */
public sealed interface Activity {

    /** How it began. */
    Started started();

    /** How it ended. */
    ExitRecord end();

    /** What kind of activity it is: {@code build} or {@code run}. */
    default String kind() {
        return started().kind();
    }

    /** The same for the same activity, whoever sends it and however often; another one for every other. */
    default UUID eventId() {
        return started().eventId();
    }

    /** Wall time from exec to end. */
    default Duration duration() {
        return started().origin().exec().at().until(end().at());
    }

    /** The path that stands for it: the first source file, the script, the binary. */
    default ContainerPath target() {
        return started().command().target();
    }

    /**
     * A compiler driver ran.
     *
     * @param command what it was asked to do
     */
    record Build(Started started, Command.Compile command, ExitRecord end) implements Activity {}

    /**
     * An interpreter ran a script, or a student's own binary ran.
     *
     * @param command what ran
     * @param provenance whether the student built the program here; empty of an interpreter, whose scripts nobody builds
     */
    record Run(Started started, Command.Run command, ExitRecord end, Optional<Provenance> provenance)
            implements Activity {

        /** The build that the program comes from, if it is known. */
        public Optional<BuiltBy> builtBy() {
            return provenance.flatMap(Provenance::builtBy);
        }
    }
}
