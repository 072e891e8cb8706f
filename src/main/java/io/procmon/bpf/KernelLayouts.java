package io.procmon.bpf;

import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The structs of {@code procmon.h} with the same member names. A test compares them with the BTF of the compiled object:
 * change both sides, or neither.
 *
 * <p>The layouts are unaligned, so that tests can decode a {@code byte[]} without native memory.
 */
final class KernelLayouts {

    static final int HOSTNAME_SIZE = 65;
    static final int HOSTNAME_PREFIX_MAX = 16;
    static final int GROUP_SIZE = 16;

    static final int ARGV_WHOLE_MAX = 32768;
    static final int ARGV_PART = 16384;
    static final int BUCKETS_PER_SET = 4;
    static final int BUCKET_SETS = 1024;

    static final int RECORD_EXEC = 1;
    static final int RECORD_EXIT = 2;

    static final int EXEC_TAKEN_IN = 1;
    static final int EXEC_EXE_DELETED = 1 << 1;
    static final int EXEC_EXE_MEMORY = 1 << 2;
    static final int EXEC_EXE_CUT = 1 << 3;
    static final int EXEC_CWD_CUT = 1 << 4;
    static final int EXEC_CGROUP_CUT = 1 << 5;
    static final int EXEC_FILENAME_CUT = 1 << 6;
    static final int EXEC_ARGV_CUT = 1 << 7;
    static final int EXEC_ARGV_UNREADABLE = 1 << 8;
    static final int EXEC_FAILED = 1 << 9;

    static final int EXIT_PEAK_INHERITED = 1;

    static final int PROCESS_RUNNING = 0;
    static final int PROCESS_PARKED = 2;

    static final long NEVER_WAKE = -1;

    static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED;
    static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED;
    static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;

    static final StructLayout IMAGE_KEY =
            structLayout(U64.withName("start_ns"), U32.withName("tgid"), U32.withName("exec_id"));

    /** The first members of every record. A handle checks the bounds of its whole struct, and an exit record is short. */
    static final StructLayout RECORD_HEAD = structLayout(
            IMAGE_KEY.withName("image"), U32.withName("kind"), U32.withName("flags"), U64.withName("cgroup_id"));

    static final StructLayout EXEC_RECORD = structLayout(
            IMAGE_KEY.withName("image"),
            U32.withName("kind"),
            U32.withName("flags"),
            U64.withName("cgroup_id"),
            IMAGE_KEY.withName("parent"),
            U64.withName("exec_ns"),
            U64.withName("exe_inode"),
            U64.withName("exe_mtime_ns"),
            U64.withName("exe_bytes"),
            U64.withName("argv_size"),
            U32.withName("exe_dev"),
            U32.withName("ppid"),
            U32.withName("ns_pid"),
            U32.withName("uid"),
            U32.withName("exe_size"),
            U32.withName("cwd_size"),
            U32.withName("cgroup_size"),
            U32.withName("filename_size"),
            U32.withName("argv_head_size"),
            U32.withName("argv_tail_size"),
            U32.withName("uts_level"),
            sequenceLayout(HOSTNAME_SIZE, U8).withName("hostname"),
            sequenceLayout(3, U8).withName("padding"));

    static final StructLayout EXIT_RECORD = structLayout(
            IMAGE_KEY.withName("image"),
            U32.withName("kind"),
            U32.withName("flags"),
            U64.withName("cgroup_id"),
            U64.withName("end_ns"),
            U64.withName("utime_ns"),
            U64.withName("stime_ns"),
            U64.withName("runtime_ns"),
            U64.withName("peak_pages"),
            U32.withName("wait_status"),
            U32.withName("padding"));

    static final StructLayout PROCESS =
            structLayout(EXIT_RECORD.withName("end"), U32.withName("state"), U32.withName("padding"));

    static final StructLayout PLACES =
            structLayout(sequenceLayout(GROUP_SIZE, PROCESS).withName("processes"));

    /** Naturally aligned, since both sides write it at the same time. */
    static final StructLayout GROUP =
            structLayout(sequenceLayout(GROUP_SIZE, ValueLayout.JAVA_INT).withName("tgids"));

    static final StructLayout PARAMETERS = structLayout(
            sequenceLayout(HOSTNAME_PREFIX_MAX / 8, U64).withName("hostname_prefix"),
            sequenceLayout(HOSTNAME_PREFIX_MAX / 8, U64).withName("hostname_prefix_mask"),
            U64.withName("exec_interval_ns"),
            U64.withName("exec_burst_ns"),
            U32.withName("places_max"),
            U32.withName("padding"),
            U32.withName("iterator_slot"),
            U32.withName("group_mask"));

    /** Naturally aligned, since both sides write it at the same time. */
    static final StructLayout SHARED = structLayout(
            ValueLayout.JAVA_LONG.withName("wake_at"),
            ValueLayout.JAVA_LONG.withName("exec_records"),
            ValueLayout.JAVA_LONG.withName("exit_records"),
            ValueLayout.JAVA_LONG.withName("parked_exits"),
            ValueLayout.JAVA_LONG.withName("lost_exec_ring_full"),
            ValueLayout.JAVA_LONG.withName("lost_exec_table_full"),
            ValueLayout.JAVA_LONG.withName("lost_exec_no_scratch"),
            ValueLayout.JAVA_LONG.withName("lost_exec_throttled"),
            ValueLayout.JAVA_LONG.withName("lost_exec_crowded"),
            ValueLayout.JAVA_LONG.withName("students_taken_in"));

    /** Naturally aligned, since the kernel writes it while it is read. */
    static final StructLayout BUCKET = structLayout(
            ValueLayout.JAVA_LONG.withName("cgroup_id"),
            ValueLayout.JAVA_LONG.withName("full_at_ns"),
            ValueLayout.JAVA_LONG.withName("skipped"),
            ValueLayout.JAVA_LONG.withName("container"),
            ValueLayout.JAVA_LONG.withName("places"),
            ValueLayout.JAVA_LONG.withName("crowded"));

    static final StructLayout BUCKET_SET =
            structLayout(sequenceLayout(BUCKETS_PER_SET, BUCKET).withName("buckets"));

    private KernelLayouts() {}

    /** The handle of a member, by the names on the path to it. Its coordinates are a segment and an offset. */
    static VarHandle member(StructLayout struct, String... names) {
        return struct.varHandle(path(names));
    }

    /** The offset of a member in its struct, in bytes. */
    static long offset(MemoryLayout struct, String... names) {
        return struct.byteOffset(path(names));
    }

    private static PathElement[] path(String... names) {
        PathElement[] path = new PathElement[names.length];
        for (int i = 0; i < names.length; i++) {
            path[i] = PathElement.groupElement(names[i]);
        }
        return path;
    }
}
