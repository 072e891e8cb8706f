package io.procmon.events;

import java.util.List;
import java.util.Optional;

/**
 * The programs between a student and an activity.
 *
 * @param buildTool the outermost build tool (make, ninja) that started the activity, so that all steps of one command
 *     at a prompt have the same build tool
 * @param wrappers programs that ran the activity as their command, the outermost first: {@code timeout},
 *     {@code valgrind}
 */
public record Ancestry(Optional<ImageKey> buildTool, List<String> wrappers) {

    /** No build tool and no wrapper: the student started the activity directly. */
    public static final Ancestry DIRECT = new Ancestry(Optional.empty(), List.of());
}
