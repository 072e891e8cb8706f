package io.procmon.classroom.workflow;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * The files that a build read and wrote. Paths are relative to the homework directory.
 *
 * @param sources the source files
 * @param sourceBytes total size of the sources, in bytes; empty if they could not be read
 * @param outputs the output files
 * @param program whether the output is a program, and not an object file or a list of errors
 */
public record BuildFiles(List<String> sources, OptionalLong sourceBytes, List<String> outputs, boolean program) {

    /** The files of an attempt that is not a build. */
    public static final BuildFiles NONE = new BuildFiles(List.of(), OptionalLong.empty(), List.of(), false);

    BuildFiles renamed(UnaryOperator<String> names) {
        return new BuildFiles(
                sources.stream().map(names).toList(),
                sourceBytes,
                outputs.stream().map(names).toList(),
                program);
    }
}
