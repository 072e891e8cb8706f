package io.procmon.bpf;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.procmon.events.ExecRecord;
import io.procmon.events.FileId;
import io.procmon.events.ImageKey;
import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Looks at a container's files through the root directory of a process in it, as proc_pid_root(5) describes it. That
 * needs CAP_SYS_PTRACE; without it, nothing is found.
 *
 * <p>Whatever a student does, no look leads out of the container or takes long: openat2(2) takes links, also absolute
 * ones, as the process itself would (RESOLVE_IN_ROOT), and answers from the kernel's memory or not at all
 * (RESOLVE_CACHED), so that no file system is asked that might be slow or the student's own. A file that was written a
 * moment ago is in that memory. Not thread-safe.
 */
public final class ProcessRoot {

    /** How far a look may lead. */
    static final int IN_ROOT_AT_ONCE = Libc.RESOLVE_IN_ROOT | Libc.RESOLVE_CACHED;

    /** USER_HZ, in which proc_pid_stat(5) counts; the same on all processors that have BPF. */
    private static final long NANOS_PER_TICK = 10_000_000;

    /** The number of {@code starttime} in proc_pid_stat(5), counted from behind the name, which may hold anything. */
    private static final int START_TIME = 22 - 2;

    private static final int STAT_SIZE = 1024;

    private final FileCalls calls = new FileCalls();

    /** The file to which a path leads for a process; empty if there is none, or if it cannot be told at once. */
    public Optional<FileId> find(ImageKey process, ContainerPath path) {
        return calls.within(
                open(process),
                root -> calls.within(calls.lookUp(root, path.value(), IN_ROOT_AT_ONCE), calls::status)
                        .map(file -> new FileId(file.inode(), file.modifiedAt())));
    }

    /** What the image of an exec can see, or else the shell that waits for it; nothing is opened before it is asked. */
    public ProcessFiles filesOf(ExecRecord exec) {
        return new SeenFiles(
                calls,
                () -> {
                    OptionalInt own = open(exec.image());
                    return own.isPresent() || exec.parent().isEmpty()
                            ? own
                            : open(exec.parent().get());
                },
                exec.cwd());
    }

    private OptionalInt open(ImageKey process) {
        return calls.within(
                        calls.directory(Libc.AT_FDCWD, "/proc/" + process.tgid()),
                        proc -> isOf(process, proc) // else the id is somebody else's by now
                                ? Optional.of(calls.directory(proc, "root"))
                                : Optional.empty())
                .orElse(OptionalInt.empty());
    }

    private boolean isOf(ImageKey process, int proc) {
        return calls.read(proc, "stat", STAT_SIZE)
                .flatMap(ProcessRoot::startTime)
                .filter(ticks -> ticks == process.startNanos() / NANOS_PER_TICK)
                .isPresent();
    }

    private static Optional<Long> startTime(byte[] stat) {
        String line = new String(stat, US_ASCII);
        String[] fields = line.substring(line.lastIndexOf(')') + 1).split(" ", -1);
        return fields.length > START_TIME ? Optional.of(Long.valueOf(fields[START_TIME])) : Optional.empty();
    }
}
