package io.procmon.classroom.workflow;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The node and the program of an attempt.
 *
 * @param node the name of the node; empty if it is unknown
 * @param builtOn for a run: the node of the build that made its program, if it is another node
 * @param program for a build: the program that it wrote; for a run: the program that it executed; empty if it is
 * unknown
 */
public record Origin(String node, Optional<String> builtOn, Optional<ProgramStamp> program) {

    /** An unknown origin. */
    public static final Origin UNKNOWN = new Origin("", Optional.empty());

    /** The origin that the node of the attempt knows. */
    public Origin(String node, Optional<ProgramStamp> program) {
        this(node, Optional.empty(), program);
    }

    Origin renamed(UnaryOperator<String> names) {
        return new Origin(
                node,
                builtOn,
                program.map(it -> new ProgramStamp(names.apply(it.path()), it.bytes(), it.modifiedAt())));
    }

    /** The same with the node of the build that wrote the program. */
    Origin builtOn(Origin build) {
        return new Origin(
                node, Optional.of(build.node()).filter(other -> !other.isEmpty() && !other.equals(node)), program);
    }
}
