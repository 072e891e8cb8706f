package io.procmon.procfs;

import io.procmon.ffi.Libc;
import io.procmon.process.RawText;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Finds files relative to an open directory, which java.nio.file cannot do. It closes all descriptors. Descriptors are
 * opened with O_PATH: they identify a file without opening its contents, so the call cannot block. Not thread-safe.
 */
final class FileCalls {

    /** {@code struct open_how}, include/uapi/linux/openat2.h. */
    private static final StructLayout OPEN_HOW = MemoryLayout.structLayout(
            ValueLayout.JAVA_LONG.withName("flags"),
            ValueLayout.JAVA_LONG.withName("mode"),
            ValueLayout.JAVA_LONG.withName("resolve"));

    private static final int FLAGS = (int) OPEN_HOW.byteOffset(PathElement.groupElement("flags"));
    private static final int RESOLVE = (int) OPEN_HOW.byteOffset(PathElement.groupElement("resolve"));

    /** PATH_MAX of include/uapi/linux/limits.h: a longer path opens no file. */
    private static final int PATH_MAX = 4096;

    /**
     * The number of tries. A rename anywhere on the node can disturb a look-up, which then fails with EAGAIN:
     * openat2(2).
     */
    private static final int RENAMES_MAX = 3;

    /** The limit of entries that are read. A project directory has a dozen. */
    private static final int ENTRIES_MAX = 4096;

    /** The errors of a mount whose server does not answer. */
    private static final Set<Integer> NOBODY_ANSWERS = Set.of(Libc.EIO, Libc.ETIMEDOUT, Libc.EHOSTDOWN, Libc.ESTALE);

    private final Libc libc;
    private final MemorySegment how;
    private final ByteBuffer howMembers;
    private final MemorySegment statx;
    private final MemorySegment nothing;
    private final MemorySegment aclName;

    /** The calls that still run and need their descriptors. */
    private final Optional<NetworkMounts> questions;

    FileCalls() {
        this(Optional.empty());
    }

    /** @param questions the calls to network file systems; a descriptor stays open as long as one of them needs it */
    FileCalls(NetworkMounts questions) {
        this(Optional.of(questions));
    }

    private FileCalls(Optional<NetworkMounts> questions) {
        this.questions = questions;
        Arena arena = Arena.ofAuto();
        libc = new Libc(arena);
        how = arena.allocate(OPEN_HOW);
        howMembers = how.asByteBuffer().order(ByteOrder.nativeOrder());
        statx = arena.allocate(FileStatus.LAYOUT);
        nothing = arena.allocateFrom("");
        aclName = arena.allocateFrom("system.posix_acl_access");
    }

    /** Opens a directory for look-ups. */
    OptionalInt directory(int at, String name) {
        return open(at, name, Libc.O_PATH);
    }

    /**
     * Finds the file at a path.
     *
     * @param resolve the RESOLVE_ flags of openat2(2), which limit the look-up
     */
    OptionalInt lookUp(int at, String path, int resolve) {
        return lookUp(at, path, Libc.O_PATH | Libc.O_CLOEXEC, resolve);
    }

    /** The same, but a link at the end of the path is not followed. */
    OptionalInt lookUpWithoutFollowing(int at, String path, int resolve) {
        return lookUp(at, path, Libc.O_PATH | Libc.O_CLOEXEC | Libc.O_NOFOLLOW, resolve);
    }

    /** The target of a symbolic link that was opened. */
    Optional<String> target(int link) {
        return target(link, "");
    }

    /**
     * The target of a symbolic link.
     *
     * @param at the directory of the link
     */
    Optional<String> target(int at, String link) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(PATH_MAX);
            long length = libc.readlinkat(at, name(arena, link), text, text.byteSize());
            return length <= 0 || length == text.byteSize()
                    ? Optional.empty()
                    : Optional.of(RawText.decode(text.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE)));
        }
    }

    /** Whether a file has an access control list in addition to its mode: acl(5). */
    boolean hasAcl(int file) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom("/proc/self/fd/" + file);
            return libc.getxattr(path, aclName, MemorySegment.NULL, 0) > 0;
        }
    }

    private OptionalInt lookUp(int at, String path, int flags, int resolve) {
        if (path.length() >= PATH_MAX || path.indexOf('\0') >= 0) {
            return OptionalInt.empty();
        }
        howMembers.putLong(FLAGS, flags);
        howMembers.putLong(RESOLVE, resolve);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = name(arena, path);
            OptionalInt found = descriptor(libc.openat2(at, name, how));
            for (int i = 0; i < RENAMES_MAX && found.isEmpty() && wouldHaveToWait(); i++) {
                found = descriptor(libc.openat2(at, name, how));
            }
            return found;
        }
    }

    /** Whether the last look-up failed only because the answer is not in the kernel's memory. */
    boolean wouldHaveToWait() {
        return libc.errno() == Libc.EAGAIN;
    }

    /** The status of a file, as far as it is available at once. Most file systems have it complete. */
    Optional<FileStatus> status(int file) {
        int flags = Libc.AT_EMPTY_PATH | Libc.AT_STATX_DONT_SYNC;
        int mask = Libc.STATX_TYPE
                | Libc.STATX_MODE
                | Libc.STATX_UID
                | Libc.STATX_GID
                | Libc.STATX_SIZE
                | Libc.STATX_INO
                | Libc.STATX_MTIME;
        return libc.statx(file, nothing, flags, mask, statx) == 0
                ? Optional.of(FileStatus.of(statx))
                : Optional.empty();
    }

    /**
     * The contents of a file of limited size.
     *
     * @param at the directory of the file
     */
    Optional<byte[]> read(int at, String name, int max) {
        // without O_NONBLOCK, the call would wait for a lease that another process holds: fcntl(2)
        return within(open(at, name, Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_NOCTTY), file -> read(file, max));
    }

    /**
     * Opens a file that was found, to read it.
     *
     * @param found a descriptor of a regular file on a file system that procmon may call
     */
    OptionalInt openToRead(int found) {
        return open(Libc.AT_FDCWD, "/proc/self/fd/" + found, Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_NOCTTY);
    }

    /** Reads a part of a file; empty if the file has fewer bytes. */
    Optional<byte[]> read(int file, long offset, int length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Math.max(length, 1));
            long known = 0;
            while (known < length) {
                long more = libc.pread(file, bytes.asSlice(known), length - known, offset + known);
                if (more <= 0) {
                    return Optional.empty();
                }
                known += more;
            }
            return Optional.of(bytes.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    private Optional<byte[]> read(int file, int max) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(max + 1L);
            long length = 0;
            while (length <= max) {
                long more = libc.read(file, bytes.asSlice(length), bytes.byteSize() - length);
                if (more < 0) {
                    return Optional.empty();
                }
                if (more == 0) {
                    return Optional.of(bytes.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
                }
                length += more;
            }
            return Optional.empty();
        }
    }

    /** The names in a directory, without "." and "..", at most {@value #ENTRIES_MAX}. */
    Optional<List<String>> entries(int directory) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc/self/fd/" + directory))) {
            for (Iterator<Path> entry = entries.iterator(); names.size() < ENTRIES_MAX && entry.hasNext(); ) {
                names.add(String.valueOf(entry.next().getFileName()));
            }
            return Optional.of(names);
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty(); // the directory may have been removed, or procmon may not read it
        }
    }

    /** Applies a function to a descriptor that was just opened, and closes the descriptor. */
    <T> Optional<T> within(OptionalInt descriptor, IntFunction<Optional<T>> use) {
        if (descriptor.isEmpty()) {
            return Optional.empty();
        }
        try {
            return use.apply(descriptor.getAsInt());
        } finally {
            close(descriptor.getAsInt());
        }
    }

    void close(int descriptor) {
        if (questions.isEmpty() || !questions.get().keepsOpen(descriptor)) {
            libc.close(descriptor);
        }
    }

    /**
     * Reads the status of a directory's file system, and waits for the answer; empty if the server does not answer. It
     * reads the time of the last change: for the type alone, NFS would not call the server (nfs_getattr() in
     * fs/nfs/inode.c).
     */
    Optional<Boolean> answers(String directory) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom("/proc/1/root" + directory);
            boolean dead = libc.statx(Libc.AT_FDCWD, path, Libc.AT_STATX_FORCE_SYNC, Libc.STATX_MTIME, statx) != 0
                    && NOBODY_ANSWERS.contains(libc.errno());
            return dead ? Optional.empty() : Optional.of(true);
        }
    }

    private OptionalInt open(int at, String name, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            return descriptor(libc.openat(at, name(arena, name), flags | Libc.O_CLOEXEC));
        }
    }

    /** A name as the kernel expects it: its bytes, which may not be UTF-8. */
    private static MemorySegment name(Arena arena, String name) {
        byte[] bytes = RawText.encode(name);
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, Arrays.copyOf(bytes, bytes.length + 1));
    }

    private static OptionalInt descriptor(int result) {
        return result < 0 ? OptionalInt.empty() : OptionalInt.of(result);
    }
}
