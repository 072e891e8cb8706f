package io.procmon.events;

import io.procmon.parser.Command;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * An activity that runs: all is known but its end.
 *
 * @param eventId the id that its event will have: {@link Activity#eventId}
 * @param origin who, where and what
 * @param command what the command line means
 * @param homework the homework directory, such as {@code hw1}
 * @param descent what it was started through
 * @param sourceBytes of a build: how large its sources were together as it began; empty if nobody could look
 */
public record Started(
        UUID eventId,
        Attributed origin,
        Command.Action command,
        String homework,
        Ancestry descent,
        OptionalLong sourceBytes) {

    /** An activity whose descent is not known yet, nor the size of its sources. */
    public Started(Attributed origin, Command.Action command, String homework) {
        this(
                origin.exec().image().id(origin.node(), kind(command)),
                origin,
                command,
                homework,
                Ancestry.DIRECT,
                OptionalLong.empty());
    }

    /** The same activity with a descent. */
    public Started through(Ancestry known) {
        return new Started(eventId, origin, command, homework, known, sourceBytes);
    }

    /** The same activity with sources of a size. */
    public Started of(OptionalLong bytes) {
        return new Started(eventId, origin, command, homework, descent, bytes);
    }

    /** The same activity with only the first and the last of its arguments, and of the files that they name. */
    public Started shortened() {
        return new Started(eventId, origin.shortened(), shortened(command), homework, descent, sourceBytes);
    }

    private static Command.Action shortened(Command.Action command) {
        return switch (command) {
            case Command.Compile compile -> compile.shortened();
            case Command.Run run -> run;
        };
    }

    /** What kind of activity it is: {@code build} or {@code run}. */
    public String kind() {
        return kind(command);
    }

    /** The same for all that one call of a build tool builds; empty if none was called. */
    public Optional<UUID> buildId() {
        return descent.buildTool().map(tool -> tool.id(origin.node(), "build-tool"));
    }

    private static String kind(Command.Action command) {
        return switch (command) {
            case Command.Compile _ -> "build";
            case Command.Run _ -> "run";
        };
    }
}
