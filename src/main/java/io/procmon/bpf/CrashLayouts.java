package io.procmon.bpf;

import static io.procmon.bpf.KernelLayouts.HOSTNAME_PREFIX_MAX;
import static io.procmon.bpf.KernelLayouts.IMAGE_KEY;
import static io.procmon.bpf.KernelLayouts.U32;
import static io.procmon.bpf.KernelLayouts.U64;
import static io.procmon.bpf.KernelLayouts.U8;
import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;

import java.lang.foreign.StructLayout;

/** The structs of {@code crash.h} with the same member names. A test compares them with the BTF of the compiled object. */
final class CrashLayouts {

    static final int CRASHES = 24;
    static final int CRASHES_PER_CONTAINER = 6;
    static final int STACK_SIZE = 16384;
    static final int CHAIN_MAX = 32;
    static final int MAPPINGS_MAX = 24;
    static final int PATHS_SIZE = 4096;
    static final int REGISTERS = 33;

    static final int CRASH_FREE = 0;
    static final int CRASH_OPEN = 1;
    static final int CRASH_COMPLETE = 2;

    /** {@code DATA_SIZE} + {@code NAME_SIZE}. */
    static final int PATHS_SPACE = PATHS_SIZE + 4096 + 256;

    static final StructLayout MAPPING = structLayout(
            U64.withName("start"),
            U64.withName("end"),
            U64.withName("page_offset"),
            U64.withName("inode"),
            U64.withName("mtime_ns"),
            U64.withName("size"),
            U32.withName("path_at"),
            U32.withName("path_size"));

    static final StructLayout LINK =
            structLayout(U64.withName("address"), U64.withName("caller"), U64.withName("return_address"));

    /** The work space of the path walk, with its result. */
    static final StructLayout PATHS = structLayout(
            sequenceLayout(KernelLayouts.EXEC_RECORD.byteSize(), U8).withName("record"),
            sequenceLayout(PATHS_SPACE, U8).withName("data"),
            U32.withName("used"),
            U32.withName("padding"),
            U64.withName("mnt"),
            U64.withName("mnt_root"),
            U64.withName("dentry"),
            U64.withName("root_mnt"),
            U64.withName("root_dentry"),
            U64.withName("kernfs"));

    static final StructLayout CRASH = structLayout(
            IMAGE_KEY.withName("image"),
            U64.withName("cgroup_id"),
            U64.withName("at_ns"),
            U64.withName("address"),
            sequenceLayout(REGISTERS, U64).withName("registers"),
            sequenceLayout(16, U64).withName("pivots"),
            U64.withName("next"),
            U32.withName("state"),
            U32.withName("signal"),
            U32.withName("code"),
            U32.withName("machine"),
            U32.withName("stack_size"),
            U32.withName("chain_size"),
            U32.withName("mapping_count"),
            U32.withName("padding"),
            sequenceLayout(MAPPINGS_MAX, MAPPING).withName("mappings"),
            sequenceLayout(CHAIN_MAX, LINK).withName("chain"),
            sequenceLayout(STACK_SIZE, U8).withName("stack"),
            PATHS.withName("paths"));

    static final StructLayout COUNTERS =
            structLayout(U64.withName("complete"), U64.withName("lost_no_place"), U64.withName("lost_container_full"));

    static final StructLayout PARAMETERS = structLayout(
            sequenceLayout(HOSTNAME_PREFIX_MAX / 8, U64).withName("hostname_prefix"),
            sequenceLayout(HOSTNAME_PREFIX_MAX / 8, U64).withName("hostname_prefix_mask"));

    private CrashLayouts() {}
}
