package io.procmon.procfs;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/**
 * The fields of statx(2) that procmon needs. Any values are accepted, because a student's file system may return any.
 *
 * @param mode type and permissions
 * @param uid the owner, in the initial user namespace
 * @param gid the group, in the initial user namespace
 * @param inode the inode number
 * @param size in bytes, never negative
 * @param modifiedAt time of the last change of the contents
 * @param major the major number of the device
 * @param minor the minor number of the device
 */
record FileStatus(int mode, int uid, int gid, long inode, long size, Instant modifiedAt, int major, int minor) {

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

    private static final int MODE = offset("stx_mode");
    private static final int UID = offset("stx_uid");
    private static final int GID = offset("stx_gid");
    private static final int INODE = offset("stx_ino");
    private static final int SIZE = offset("stx_size");
    private static final int SECONDS = offset("stx_mtime.tv_sec");
    private static final int NANOS = offset("stx_mtime.tv_nsec");
    private static final int MAJOR = offset("stx_dev_major");
    private static final int MINOR = offset("stx_dev_minor");

    private static final int TYPE_MASK = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;

    private static int offset(String member) {
        return (int) LAYOUT.byteOffset(PathElement.groupElement(member));
    }

    /**
     * Copies the fields from native memory. It uses a buffer, because in a native executable the {@code VarHandle} of a
     * layout is several times slower.
     */
    static FileStatus of(MemorySegment memory) {
        ByteBuffer statx = memory.asByteBuffer().order(ByteOrder.nativeOrder());
        long size = statx.getLong(SIZE); // unsigned in C
        return new FileStatus(
                statx.getShort(MODE) & 0xffff,
                statx.getInt(UID),
                statx.getInt(GID),
                statx.getLong(INODE),
                size < 0 ? Long.MAX_VALUE : size,
                EpochTime.of(statx.getLong(SECONDS), statx.getInt(NANOS)),
                statx.getInt(MAJOR),
                statx.getInt(MINOR));
    }

    /** The device as mountinfo writes it: {@code 8:1}. */
    String device() {
        return major + ":" + minor;
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
