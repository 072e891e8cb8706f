package io.procmon.parser;

import io.procmon.process.ContainerPath;
import io.procmon.process.Tool;
import java.util.List;

/**
 * A command as the kernel saw it.
 *
 * @param tool what was called
 * @param argv the arguments verbatim, the name that the program was called by first
 * @param cwd the directory that relative arguments start from
 * @param files the files that it can see
 */
public record Invocation(Tool tool, List<String> argv, ContainerPath cwd, ProcessFiles files) {

    /** The same, gone to another directory. */
    Invocation in(String directory) {
        return new Invocation(tool, argv, cwd.resolve(directory), files);
    }

    /** The arguments behind the tool's name. */
    public List<String> arguments() {
        return tool.argumentsOf(argv);
    }
}
