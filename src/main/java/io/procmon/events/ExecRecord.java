package io.procmon.events;

import io.procmon.process.ContainerPath;
import io.procmon.process.ControlGroup;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The start of a process image.
 *
 * @param image the identity of the image
 * @param parent the nearest ancestor image in a student's container; forks that never called exec are skipped
 * @param at time of the exec; for a process that was taken in at start-up, time of its fork
 * @param takenIn whether the process was running before procmon watched
 * @param ppid the parent's process id in the initial pid namespace
 * @param nsPid the process id in the process' own pid namespace
 * @param uid the user id in the initial user namespace
 * @param hostname the UTS hostname, at most 64 bytes
 * @param utsLevel the depth of the user namespace that owns the UTS namespace; 0 is the initial user namespace
 * @param cgroup the cgroup of the process
 * @param executable the executed file; for a script, the interpreter
 * @param filename the name given to execve(2); for a script, the script's name; empty if the process was taken in
 * @param cwd the working directory
 * @param argv the arguments as the program receives them
 * @param truncated the parts that are missing
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
        int utsLevel,
        ControlGroup cgroup,
        Executable executable,
        String filename,
        ContainerPath cwd,
        Argv argv,
        Set<Truncation> truncated)
        implements KernelRecord {

    /**
     * The kernel adds at most one word of a {@code #!} line between the interpreter and the script
     * (fs/binfmt_script.c), so the script is at most argument 2.
     */
    private static final int SCRIPT_AT_MOST = 2;

    /** A clipped file name keeps as many characters of its end. */
    private static final int FILENAME_LENGTH = 256;

    /** A smaller argv, in bytes, stays whole. */
    private static final int ARGV_SIZE = 1024;

    /** The same record with another argv. */
    public ExecRecord with(Argv other) {
        Set<Truncation> missing = EnumSet.noneOf(Truncation.class);
        missing.addAll(truncated);
        missing.remove(Truncation.ARGV_UNREADABLE);
        if (other.cut()) {
            missing.add(Truncation.ARGV);
        }
        return copy(hostname, executable, filename, cwd, other, Set.copyOf(missing));
    }

    /** The same record with clipped paths, and with only the first and the last arguments of a large argv. */
    ExecRecord clipped() {
        ExecRecord shorter = argv.size() > ARGV_SIZE ? with(argv.shortened()) : this;
        Set<Truncation> missing = EnumSet.noneOf(Truncation.class);
        missing.addAll(shorter.truncated);
        if (!executable.path().equals(executable.path().clipped())) {
            missing.add(Truncation.EXECUTABLE);
        }
        if (!cwd.equals(cwd.clipped())) {
            missing.add(Truncation.CWD);
        }
        String name = filename;
        if (filename.length() > FILENAME_LENGTH) {
            name = filename.substring(filename.length() - FILENAME_LENGTH);
            missing.add(Truncation.FILENAME);
        }
        return copy(hostname, executable.clipped(), name, cwd.clipped(), shorter.argv, Set.copyOf(missing));
    }

    /** The same record with another hostname. */
    public ExecRecord under(String other) {
        return other.equals(hostname) ? this : copy(other, executable, filename, cwd, argv, truncated);
    }

    private ExecRecord copy(
            String host,
            Executable file,
            String name,
            ContainerPath directory,
            Argv arguments,
            Set<Truncation> missing) {
        return new ExecRecord(
                image, parent, at, takenIn, ppid, nsPid, uid, host, utsLevel, cgroup, file, name, directory, arguments,
                missing);
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
