package io.procmon.parser;

import io.procmon.process.ContainerPath;
import io.procmon.process.Tool;
import java.util.List;

/**
 * A command as the kernel saw it.
 *
 * @param tool the tool
 * @param argv the arguments verbatim; the first is the name that the program was called by
 * @param cwd the directory that relative arguments start from
 * @param files the files that the process can see
 */
public record Invocation(Tool tool, List<String> argv, ContainerPath cwd, ProcessFiles files) {

    /** The same in another directory. */
    Invocation in(String directory) {
        return new Invocation(tool, argv, cwd.resolve(directory), files);
    }

    /** The arguments after the tool's name. */
    public List<String> arguments() {
        return tool.argumentsOf(argv);
    }
}
