package io.procmon.events;

import io.procmon.process.ContainerPath;
import java.util.Optional;

/**
 * The arguments of a call of execve(2), and the file that it executed.
 *
 * @param executable the executed file; for a script, the interpreter
 * @param filename the name given to execve(2); for a script, the script's name; empty if the process was taken in
 * @param cwd the working directory
 * @param argv the arguments as the program receives them
 */
public record ExecCall(Executable executable, String filename, ContainerPath cwd, Argv argv) {

    /**
     * The kernel adds at most one word of a {@code #!} line between the interpreter and the script
     * (fs/binfmt_script.c), so the script is at most argument 2.
     */
    private static final int SCRIPT_AT_MOST = 2;

    /** A clipped file name keeps as many characters of its end. */
    private static final int FILENAME_LENGTH = 256;

    /** A smaller argv, in bytes, stays whole. */
    private static final int ARGV_SIZE = 1024;

    /** The same call with another argv. */
    ExecCall with(Argv other) {
        return new ExecCall(executable, filename, cwd, other);
    }

    /** The same call with clipped paths, and with only the first and the last arguments of a large argv. */
    ExecCall clipped() {
        int excess = Math.max(0, filename.length() - FILENAME_LENGTH);
        return new ExecCall(
                executable.clipped(),
                filename.substring(excess),
                cwd.clipped(),
                argv.size() > ARGV_SIZE ? argv.shortened() : argv);
    }

    /**
     * The script, if execve(2) was given a script with a {@code #!} line. The kernel then runs the interpreter and puts
     * the script's name into argv.
     */
    public Optional<ContainerPath> script() {
        boolean argument = !filename.isEmpty()
                && argv.arguments().stream().skip(1).limit(SCRIPT_AT_MOST).anyMatch(filename::equals);
        return Optional.of(filename)
                .filter(_ -> argument)
                .map(cwd::resolve)
                .filter(path -> !path.equals(executable.path()));
    }
}
