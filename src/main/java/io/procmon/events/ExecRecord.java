package io.procmon.events;

import io.procmon.process.ContainerPath;
import io.procmon.process.ControlGroup;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A process image has begun.
 *
 * @param image its identity
 * @param parent the nearest ancestor in a student's container, past forks that never called exec
 * @param at when; of a process taken in, when it was forked
 * @param takenIn whether it was running before procmon watched
 * @param ppid the parent's process id in the initial pid namespace
 * @param nsPid its process id as it sees it itself
 * @param uid its user id in the initial user namespace
 * @param hostname the UTS hostname, all 64 bytes of it
 * @param cgroup its cgroup
 * @param executable the resolved file; of a script, the interpreter
 * @param filename the name that was executed, as it was given: a script keeps its own; empty if taken in
 * @param cwd the working directory
 * @param argv the arguments as the program finds them
 * @param truncated what is missing
 */
public record ExecRecord(
        ImageKey image,
        Optional<ImageKey> parent,
        Moment at,
        boolean takenIn,
        int ppid,
        int nsPid,
        int uid,
        String hostname,
        ControlGroup cgroup,
        Executable executable,
        String filename,
        ContainerPath cwd,
        Argv argv,
        Set<Truncation> truncated)
        implements KernelRecord {

    /** The kernel puts at most one word of a {@code #!} line between the interpreter and the script: fs/binfmt_script.c. */
    private static final int SCRIPT_AT_MOST = 2;

    /** The same with only the first and the last of its arguments. */
    ExecRecord shortened() {
        return with(argv.shortened());
    }

    /** The same with other arguments. */
    public ExecRecord with(Argv other) {
        Set<Truncation> missing = EnumSet.noneOf(Truncation.class);
        missing.addAll(truncated);
        missing.remove(Truncation.ARGV_UNREADABLE);
        if (other.cut()) {
            missing.add(Truncation.ARGV);
        }
        return new ExecRecord(
                image,
                parent,
                at,
                takenIn,
                ppid,
                nsPid,
                uid,
                hostname,
                cgroup,
                executable,
                filename,
                cwd,
                other,
                Set.copyOf(missing));
    }

    /**
     * The script that was executed by its own name, if it was one. Then the file that runs is the interpreter, and the
     * kernel has put the script's name into argv as it was given.
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
