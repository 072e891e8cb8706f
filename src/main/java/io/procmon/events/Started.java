package io.procmon.events;

import io.procmon.parser.Command;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A running activity: everything is known except its end.
 *
 * @param eventId the id of the future event: {@link Activity#eventId}
 * @param origin the exec with its student, container and node
 * @param command the meaning of the command line
 * @param homework the homework directory, such as {@code hw1}
 * @param descent the build tool and the wrappers that started the activity
 * @param sourceBytes total size of a build's sources at its start, in bytes; empty if the sources could not be read
 */
public record Started(
        UUID eventId,
        Attributed origin,
        Command.Action command,
        String homework,
        Ancestry descent,
        OptionalLong sourceBytes) {

    /** Creates an activity without descent and source size; {@link #through} and {@link #of} add them. */
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

    /** The same activity with the size of its sources, in bytes. */
    public Started of(OptionalLong bytes) {
        return new Started(eventId, origin, command, homework, descent, bytes);
    }

    /** The same activity with clipped paths, and with only the first and the last of many arguments and files. */
    public Started clipped() {
        return new Started(eventId, origin.clipped(), clipped(command), homework, descent, sourceBytes);
    }

    private static Command.Action clipped(Command.Action command) {
        return switch (command) {
            case Command.Compile compile -> compile.clipped();
            case Command.Run run -> run.clipped();
        };
    }

    /** The kind of activity: {@code build} or {@code run}. */
    public String kind() {
        return kind(command);
    }

    /**
     * The id of the build tool's run that started the activity, equal for all its steps; empty without a build tool.
     */
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
