package io.procmon.parser;

import io.procmon.process.ContainerPath;
import java.util.List;

/**
 * A command as the kernel saw it.
 *
 * @param argv the arguments verbatim, the name that the program was called by first
 * @param cwd the directory that relative arguments start from
 */
public record Invocation(List<String> argv, ContainerPath cwd) {

    /** The arguments behind the name. */
    public List<String> arguments() {
        return argv.isEmpty() ? argv : argv.subList(1, argv.size());
    }
}
