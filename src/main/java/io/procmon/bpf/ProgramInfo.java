package io.procmon.bpf;

import static java.lang.foreign.MemoryLayout.paddingLayout;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** What the kernel tells about a loaded program: the end of {@code struct bpf_prog_info}, include/uapi/linux/bpf.h. */
final class ProgramInfo {

    private static final StructLayout BPF_PROG_INFO = MemoryLayout.structLayout(
            paddingLayout(192),
            ValueLayout.JAVA_LONG.withName("run_time_ns"),
            ValueLayout.JAVA_LONG.withName("run_cnt"),
            ValueLayout.JAVA_LONG.withName("recursion_misses"),
            ValueLayout.JAVA_INT.withName("verified_insns"),
            paddingLayout(12));

    private static final VarHandle RECURSION_MISSES =
            BPF_PROG_INFO.varHandle(PathElement.groupElement("recursion_misses"));

    private final Libbpf libbpf;
    private final MemorySegment info;
    private final MemorySegment size;

    ProgramInfo(Libbpf libbpf, Arena arena) {
        this.libbpf = libbpf;
        this.info = arena.allocate(BPF_PROG_INFO);
        this.size = arena.allocate(ValueLayout.JAVA_INT);
    }

    /** How often the program was skipped because it was already running on the same processor. */
    long recursionMisses(int fd) {
        info.fill((byte) 0);
        size.set(ValueLayout.JAVA_INT, 0, (int) BPF_PROG_INFO.byteSize());
        return libbpf.bpf_obj_get_info_by_fd(fd, info, size) == 0 ? (long) RECURSION_MISSES.get(info, 0L) : 0;
    }
}
