package io.procmon.classroom.workflow;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The activities from which an attempt descends.
 *
 * @param builtBy for a run: the build that made its program; empty if it is unknown
 * @param buildCall for a build: the id of the build tool's call, equal for all its compiles; empty without a build tool
 * @param wrappers programs that ran the attempt as their command, the outermost first, such as {@code gdb}
 */
public record Descent(Optional<UUID> builtBy, Optional<UUID> buildCall, List<String> wrappers) {

    /** The descent of an attempt that a shell started, and whose program has no known build. */
    public static final Descent UNKNOWN = new Descent(Optional.empty(), Optional.empty(), List.of());
}
