package io.procmon.events;

import java.util.List;
import java.util.Optional;

/**
 * What an activity was started through.
 *
 * @param buildTool the build tool (make, ninja) that it is a step of. One that another build tool started belongs to
 *     that one: all that a single command at a prompt builds has one build tool
 * @param wrappers the programs between the student and it, the outermost first: {@code timeout}, {@code valgrind}
 */
public record Ancestry(Optional<ImageKey> buildTool, List<String> wrappers) {

    /** Started by the student directly. */
    public static final Ancestry DIRECT = new Ancestry(Optional.empty(), List.of());
}
