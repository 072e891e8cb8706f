package io.procmon.procfs;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.time.Instant;

/**
 * What statx(2) says of a file, as far as it is needed. Total: a file system may answer with any numbers.
 *
 * @param mode type and permissions
 * @param uid its owner, in the initial user namespace
 * @param gid its group, in the initial user namespace
 * @param inode its number
 * @param size in bytes, never negative
 * @param modifiedAt the last change of its contents
 * @param device its file system, as mountinfo writes it: {@code 8:1}
 */
record FileStatus(int mode, int uid, int gid, long inode, long size, Instant modifiedAt, String device) {

    /** {@code struct statx}, include/uapi/linux/stat.h. */
    static final StructLayout LAYOUT = MemoryLayout.structLayout(
            MemoryLayout.paddingLayout(20),
            ValueLayout.JAVA_INT.withName("stx_uid"),
            ValueLayout.JAVA_INT.withName("stx_gid"),
            ValueLayout.JAVA_SHORT.withName("stx_mode"),
            MemoryLayout.paddingLayout(2),
            ValueLayout.JAVA_LONG.withName("stx_ino"),
            ValueLayout.JAVA_LONG.withName("stx_size"),
            MemoryLayout.paddingLayout(64),
            ValueLayout.JAVA_LONG.withName("stx_mtime.tv_sec"),
            ValueLayout.JAVA_INT.withName("stx_mtime.tv_nsec"),
            MemoryLayout.paddingLayout(12),
            ValueLayout.JAVA_INT.withName("stx_dev_major"),
            ValueLayout.JAVA_INT.withName("stx_dev_minor"),
            MemoryLayout.paddingLayout(112));

    private static final VarHandle MODE = LAYOUT.varHandle(PathElement.groupElement("stx_mode"));
    private static final VarHandle UID = LAYOUT.varHandle(PathElement.groupElement("stx_uid"));
    private static final VarHandle GID = LAYOUT.varHandle(PathElement.groupElement("stx_gid"));
    private static final VarHandle INODE = LAYOUT.varHandle(PathElement.groupElement("stx_ino"));
    private static final VarHandle SIZE = LAYOUT.varHandle(PathElement.groupElement("stx_size"));
    private static final VarHandle SECONDS = LAYOUT.varHandle(PathElement.groupElement("stx_mtime.tv_sec"));
    private static final VarHandle NANOS = LAYOUT.varHandle(PathElement.groupElement("stx_mtime.tv_nsec"));
    private static final VarHandle MAJOR = LAYOUT.varHandle(PathElement.groupElement("stx_dev_major"));
    private static final VarHandle MINOR = LAYOUT.varHandle(PathElement.groupElement("stx_dev_minor"));

    private static final int TYPE_MASK = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;

    /** Copies it out of native memory. */
    static FileStatus of(MemorySegment statx) {
        long size = (long) SIZE.get(statx, 0L); // unsigned in C
        return new FileStatus(
                (short) MODE.get(statx, 0L) & 0xffff,
                (int) UID.get(statx, 0L),
                (int) GID.get(statx, 0L),
                (long) INODE.get(statx, 0L),
                size < 0 ? Long.MAX_VALUE : size,
                EpochTime.of((long) SECONDS.get(statx, 0L), (int) NANOS.get(statx, 0L)),
                (int) MAJOR.get(statx, 0L) + ":" + (int) MINOR.get(statx, 0L));
    }

    boolean isRegular() {
        return (mode & TYPE_MASK) == REGULAR;
    }

    boolean isLink() {
        return (mode & TYPE_MASK) == LINK;
    }

    boolean isDirectory() {
        return (mode & TYPE_MASK) == DIRECTORY;
    }
}
