package io.procmon.bpf;

import static java.lang.foreign.MemoryLayout.paddingLayout;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.time.Duration;

/** The kernel's statistics of a loaded program: the end of {@code struct bpf_prog_info}, include/uapi/linux/bpf.h. */
final class ProgramInfo {

    private static final StructLayout BPF_PROG_INFO = MemoryLayout.structLayout(
            paddingLayout(192),
            ValueLayout.JAVA_LONG.withName("run_time_ns"),
            ValueLayout.JAVA_LONG.withName("run_cnt"),
            ValueLayout.JAVA_LONG.withName("recursion_misses"),
            ValueLayout.JAVA_INT.withName("verified_insns"),
            paddingLayout(12));

    private static final VarHandle RUN_TIME_NS = member("run_time_ns");
    private static final VarHandle RUN_CNT = member("run_cnt");
    private static final VarHandle RECURSION_MISSES = member("recursion_misses");
    private static final VarHandle VERIFIED_INSNS = member("verified_insns");

    private final int program;

    /**
     * @param program the file descriptor of the program
     */
    ProgramInfo(int program) {
        this.program = program;
    }

    /** The statistics up to now; for any thread. A kernel that does not know a member leaves it 0. */
    ProgramStatistics statistics() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(BPF_PROG_INFO);
            MemorySegment size = arena.allocate(ValueLayout.JAVA_INT);
            size.set(ValueLayout.JAVA_INT, 0, (int) BPF_PROG_INFO.byteSize());
            if (new Libbpf(arena).bpf_obj_get_info_by_fd(program, info, size) != 0) {
                return ProgramStatistics.NONE;
            }
            return new ProgramStatistics(
                    (long) RUN_CNT.get(info, 0L),
                    Duration.ofNanos((long) RUN_TIME_NS.get(info, 0L)),
                    (long) RECURSION_MISSES.get(info, 0L),
                    (int) VERIFIED_INSNS.get(info, 0L));
        }
    }

    private static VarHandle member(String name) {
        return BPF_PROG_INFO.varHandle(PathElement.groupElement(name));
    }
}
