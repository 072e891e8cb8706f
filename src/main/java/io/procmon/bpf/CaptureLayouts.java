package io.procmon.bpf;

import static io.procmon.bpf.KernelLayouts.HOSTNAME_PREFIX_MAX;
import static io.procmon.bpf.KernelLayouts.IMAGE_KEY;
import static io.procmon.bpf.KernelLayouts.U32;
import static io.procmon.bpf.KernelLayouts.U64;
import static io.procmon.bpf.KernelLayouts.U8;
import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;

import java.lang.foreign.StructLayout;

/** The structs of {@code capture.h} with the same member names. A test compares them with the BTF of the compiled object. */
final class CaptureLayouts {

    static final int TEXTS = 320;
    static final int TEXT_PART = 4096;
    static final int TEXTS_PER_CONTAINER = 64;
    static final int PERMITTED_MAX = 4096;
    static final int PROGRAM_NAME_SIZE = 16;
    static final int PRIVATE_PROGRAMS_MAX = 64;

    static final int TEXT_FREE = 0;
    static final int TEXT_OPEN = 1;
    static final int TEXT_ENDED = 2;
    static final int TEXT_DROPPED = 3;

    static final StructLayout TEXT = structLayout(
            IMAGE_KEY.withName("image"),
            U64.withName("cgroup_id"),
            U64.withName("first_ns"),
            U64.withName("bytes"),
            U64.withName("unread_bytes"),
            U64.withName("writes"),
            U32.withName("state"),
            U32.withName("padding"));

    static final StructLayout CAPTURE = structLayout(
            U64.withName("probe"),
            U64.withName("probes"),
            U64.withName("ended"),
            U64.withName("lost_no_text"),
            U64.withName("lost_container_full"),
            U64.withName("refused"),
            sequenceLayout(PERMITTED_MAX, IMAGE_KEY).withName("permitted"),
            sequenceLayout(TEXTS, TEXT).withName("texts"),
            sequenceLayout(2L * TEXT_PART * TEXTS + TEXT_PART, U8).withName("bytes"));

    static final StructLayout PARAMETERS = structLayout(
            sequenceLayout(HOSTNAME_PREFIX_MAX / 8, U64).withName("hostname_prefix"),
            sequenceLayout(HOSTNAME_PREFIX_MAX / 8, U64).withName("hostname_prefix_mask"),
            U64.withName("undecided_ns"),
            sequenceLayout(PRIVATE_PROGRAMS_MAX, sequenceLayout(PROGRAM_NAME_SIZE, U8))
                    .withName("private_programs"));

    private CaptureLayouts() {}
}
