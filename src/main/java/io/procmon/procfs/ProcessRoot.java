package io.procmon.procfs;

import io.procmon.events.ExecRecord;
import io.procmon.events.FileId;
import io.procmon.events.FoundFile;
import io.procmon.events.ImageKey;
import io.procmon.ffi.Libc;
import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import io.procmon.symbols.ProgramFiles;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * Finds a container's files through the root directory of a process in it: proc_pid_root(5). This needs CAP_SYS_PTRACE;
 * without it, no file is found.
 *
 * <p>No look-up leaves the container or blocks, and a student cannot change that. openat2(2) resolves links, including
 * absolute ones, as the process itself would (RESOLVE_IN_ROOT). It answers from the kernel's memory or fails
 * (RESOLVE_CACHED), so it never calls a slow file system or one that a student has made. A file that was written a
 * moment ago is in that memory. Not thread-safe.
 */
public final class ProcessRoot {

    /** The flags that limit a look-up. */
    static final int IN_ROOT_AT_ONCE = Libc.RESOLVE_IN_ROOT | Libc.RESOLVE_CACHED;

    /** A limit above the size of a command line: _STK_LIM / 4 * 3 in fs/exec.c. */
    private static final int ARGV_MAX = 6 << 20;

    /** The additional bytes that are read. A process may enlarge its command line into its environment. */
    private static final int MAYBE_MORE = 4096;

    /** MINORBITS, include/linux/kdev_t.h. */
    private static final int MINOR_BITS = 20;

    private final FileCalls calls = new FileCalls(NetworkMounts.SHARED);

    /** The user namespace of procmon, which never changes; empty until it is known. */
    private Optional<UserNamespace> ourUserNamespace = Optional.empty();

    /** The identity of a user namespace: namespaces(7). */
    private record UserNamespace(String device, long inode) {}

    /**
     * Finds the file at a path, as a process sees it; empty if there is none, or if the answer is not available at
     * once.
     */
    public Optional<FoundFile> find(ImageKey process, ContainerPath path) {
        return calls.within(
                open(process),
                root -> calls.within(calls.lookUp(root, path.value(), IN_ROOT_AT_ONCE), calls::status)
                        .map(ProcessRoot::found));
    }

    /** The same as the process of an exec sees it, or its nearest running ancestor if it has ended. */
    public Optional<FoundFile> find(ExecRecord exec, ContainerPath path) {
        return find(exec.image(), path)
                .or(() -> Ancestors.SHARED.above(exec).stream()
                        .flatMap(above -> find(above, path).stream())
                        .findFirst());
    }

    private static FoundFile found(FileStatus file) {
        return new FoundFile(
                new FileId(file.inode(), file.modifiedAt()), file.size(), file.major() << MINOR_BITS | file.minor());
    }

    /**
     * Whether a device is a network file system that the node has mounted.
     *
     * @param device as the kernel stores it: major number &lt;&lt; 20 | minor number
     */
    public boolean isOnNetwork(int device) {
        String name = (device >>> MINOR_BITS) + ":" + (device & ((1 << MINOR_BITS) - 1));
        return NodeMounts.read(calls).network().containsKey(name);
    }

    /**
     * The files that the image of an exec can see and may read. If the image has ended, procmon looks through its
     * nearest running ancestor, such as the shell; the groups of the image are then unknown. No file is opened before
     * the first call.
     */
    public ProcessFiles filesOf(ExecRecord exec) {
        List<ImageKey> above = Ancestors.SHARED.above(exec);
        return new SeenFiles(
                calls,
                new Disks(calls, NetworkMounts.SHARED, () -> NodeMounts.read(calls)),
                () -> viewOf(exec, above),
                descriptor -> within(exec.image(), proc -> calls.target(proc, "fd/" + descriptor)),
                exec.call().cwd());
    }

    /**
     * The files of an image's code, if its process could read them itself. The image has ended, so procmon looks
     * through its nearest running ancestor. No file is opened before the first call.
     */
    public ProgramFiles programsOf(ExecRecord exec) {
        List<ImageKey> above = Ancestors.SHARED.above(exec);
        return new MappedFiles(
                calls, new Disks(calls, NetworkMounts.SHARED, () -> NodeMounts.read(calls)), () -> viewOf(exec, above));
    }

    private Optional<PathResolution.View> viewOf(ExecRecord exec, List<ImageKey> above) {
        int uid = exec.ids().uid();
        return view(exec.image(), proc -> credentials(uid, proc))
                .or(() -> above.stream()
                        .flatMap(it -> view(it, _ -> ProcessCredentials.of(uid)).stream())
                        .findFirst());
    }

    /**
     * The arguments of a running process: proc_pid_cmdline(5). Reading them needs no privilege. It never waits for a
     * file system, even if the process has mapped a file there (FOLL_ANON in get_mm_cmdline() of fs/proc/base.c).
     */
    public Optional<byte[]> arguments(ExecRecord exec) {
        int size = (int) Math.min(exec.call().argv().size() + MAYBE_MORE, ARGV_MAX);
        return within(exec.image(), proc -> calls.read(proc, "cmdline", size)).filter(line -> line.length > 0);
    }

    private Optional<PathResolution.View> view(ImageKey process, IntFunction<ProcessCredentials> credentials) {
        return within(process, proc -> {
            ProcessCredentials known = credentials.apply(proc);
            OptionalInt root = calls.directory(proc, "root");
            return root.isPresent() ? Optional.of(new PathResolution.View(root.getAsInt(), known)) : Optional.empty();
        });
    }

    private ProcessCredentials credentials(int uid, int proc) {
        return calls.read(proc, "status", ProcessCredentials.STATUS_MAX)
                .map(status -> ProcessCredentials.parse(uid, status, () -> isInOurUserNamespace(proc)))
                .orElse(ProcessCredentials.of(uid));
    }

    private boolean isInOurUserNamespace(int proc) {
        if (ourUserNamespace.isEmpty()) {
            ourUserNamespace = userNamespace(Libc.AT_FDCWD, "/proc/self/ns/user");
        }
        return userNamespace(proc, "ns/user").equals(ourUserNamespace) && ourUserNamespace.isPresent();
    }

    private Optional<UserNamespace> userNamespace(int at, String name) {
        return calls.within(calls.directory(at, name), calls::status)
                .map(file -> new UserNamespace(file.device(), file.inode()));
    }

    private OptionalInt open(ImageKey process) {
        return within(process, proc -> Optional.of(calls.directory(proc, "root")))
                .orElse(OptionalInt.empty());
    }

    /** Opens the directory of a process in /proc. */
    private <T> Optional<T> within(ImageKey process, IntFunction<Optional<T>> look) {
        return calls.within(
                calls.directory(Libc.AT_FDCWD, "/proc/" + process.tgid()),
                proc -> isOf(process, proc) // otherwise another process has the id by now
                        ? look.apply(proc)
                        : Optional.empty());
    }

    private boolean isOf(ImageKey process, int proc) {
        return calls.read(proc, "stat", ProcessStat.MAX_SIZE)
                .flatMap(ProcessStat::parse)
                .filter(stat -> stat.isOf(process))
                .isPresent();
    }
}
