package io.procmon.bpf;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.procmon.events.FileId;
import io.procmon.events.ImageKey;
import io.procmon.process.ContainerPath;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntFunction;

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

    /** USER_HZ, in which proc_pid_stat(5) counts; the same on all processors that have BPF. */
    private static final long NANOS_PER_TICK = 10_000_000;

    /** The number of {@code starttime} in proc_pid_stat(5), counted from behind the name, which may hold anything. */
    private static final int START_TIME = 22 - 2;

    private static final int STAT_SIZE = 1024;

    /** {@code struct open_how}, include/uapi/linux/openat2.h. */
    private static final StructLayout OPEN_HOW = MemoryLayout.structLayout(
            ValueLayout.JAVA_LONG.withName("flags"),
            ValueLayout.JAVA_LONG.withName("mode"),
            ValueLayout.JAVA_LONG.withName("resolve"));

    private static final VarHandle FLAGS = OPEN_HOW.varHandle(PathElement.groupElement("flags"));
    private static final VarHandle RESOLVE = OPEN_HOW.varHandle(PathElement.groupElement("resolve"));

    /** {@code struct statx}, include/uapi/linux/stat.h, as far as it is needed. */
    private static final StructLayout STATX = MemoryLayout.structLayout(
            MemoryLayout.paddingLayout(32),
            ValueLayout.JAVA_LONG.withName("stx_ino"),
            MemoryLayout.paddingLayout(72),
            ValueLayout.JAVA_LONG.withName("stx_mtime.tv_sec"),
            ValueLayout.JAVA_INT.withName("stx_mtime.tv_nsec"),
            MemoryLayout.paddingLayout(132));

    private static final VarHandle INODE = STATX.varHandle(PathElement.groupElement("stx_ino"));
    private static final VarHandle SECONDS = STATX.varHandle(PathElement.groupElement("stx_mtime.tv_sec"));
    private static final VarHandle NANOS = STATX.varHandle(PathElement.groupElement("stx_mtime.tv_nsec"));

    private final Libc libc;
    private final MemorySegment how;
    private final MemorySegment statx;
    private final MemorySegment text;
    private final MemorySegment nothing;

    /** Looks through nobody's eyes yet. */
    public ProcessRoot() {
        Arena arena = Arena.ofAuto();
        libc = new Libc(arena);
        how = arena.allocate(OPEN_HOW);
        FLAGS.set(how, 0L, (long) (Libc.O_PATH | Libc.O_CLOEXEC));
        RESOLVE.set(how, 0L, (long) (Libc.RESOLVE_IN_ROOT | Libc.RESOLVE_CACHED));
        statx = arena.allocate(STATX);
        text = arena.allocate(STAT_SIZE);
        nothing = arena.allocateFrom("");
    }

    /** The file to which a path leads for a process; empty if there is none, or if it cannot be told at once. */
    public Optional<FileId> find(ImageKey process, ContainerPath path) {
        try (Arena arena = Arena.ofConfined()) {
            return within(directory(Libc.AT_FDCWD, "/proc/" + process.tgid(), arena), proc -> {
                if (!isOf(process, proc, arena)) {
                    return Optional.empty(); // the id is somebody else's by now
                }
                return within(
                        directory(proc, "root", arena),
                        root -> within(libc.openat2(root, arena.allocateFrom(path.value()), how), this::identify));
            });
        }
    }

    private Optional<FileId> identify(int file) {
        int flags = Libc.AT_EMPTY_PATH | Libc.AT_STATX_DONT_SYNC;
        if (libc.statx(file, nothing, flags, Libc.STATX_INO | Libc.STATX_MTIME, statx) != 0) {
            return Optional.empty();
        }
        Instant modifiedAt = Instant.ofEpochSecond((long) SECONDS.get(statx, 0L), (int) NANOS.get(statx, 0L));
        return Optional.of(new FileId((long) INODE.get(statx, 0L), modifiedAt));
    }

    private boolean isOf(ImageKey process, int proc, Arena arena) {
        int stat = libc.openat(proc, arena.allocateFrom("stat"), Libc.O_RDONLY | Libc.O_CLOEXEC);
        return within(stat, file -> {
                    long size = libc.read(file, text, STAT_SIZE);
                    return size <= 0 ? Optional.empty() : startTime(text.asSlice(0, size));
                })
                .filter(ticks -> ticks == process.startNanos() / NANOS_PER_TICK)
                .isPresent();
    }

    private static Optional<Long> startTime(MemorySegment stat) {
        String line = new String(stat.toArray(ValueLayout.JAVA_BYTE), US_ASCII);
        String[] fields = line.substring(line.lastIndexOf(')') + 1).split(" ", -1);
        return fields.length > START_TIME ? Optional.of(Long.valueOf(fields[START_TIME])) : Optional.empty();
    }

    private int directory(int at, String name, Arena arena) {
        return libc.openat(at, arena.allocateFrom(name), Libc.O_PATH | Libc.O_CLOEXEC);
    }

    /** What is done with a file descriptor that was just opened, if it was. */
    private <T> Optional<T> within(int fd, IntFunction<Optional<T>> use) {
        if (fd < 0) {
            return Optional.empty();
        }
        try {
            return use.apply(fd);
        } finally {
            libc.close(fd);
        }
    }
}
