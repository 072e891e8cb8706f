package io.procmon.bpf;

import io.procmon.ffi.Libc;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/** The variable that the kernel program and this process both have in their memory: {@code struct shared}. */
final class SharedState {

    private static final VarHandle WAKE_AT = member("wake_at");
    private static final VarHandle EXEC_RECORDS = member("exec_records");
    private static final VarHandle EXIT_RECORDS = member("exit_records");
    private static final VarHandle PARKED_EXITS = member("parked_exits");
    private static final VarHandle LOST_EXEC_RING_FULL = member("lost_exec_ring_full");
    private static final VarHandle LOST_EXEC_TABLE_FULL = member("lost_exec_table_full");
    private static final VarHandle LOST_EXEC_NO_SCRATCH = member("lost_exec_no_scratch");
    private static final VarHandle LOST_EXEC_THROTTLED = member("lost_exec_throttled");

    private final MemorySegment memory;

    /**
     * @param acquired unmaps the variable when it is closed
     * @param fd the file descriptor of the map that holds the program's zeroed variables
     */
    SharedState(ClosingStack acquired, Libc libc, int fd, long pageSize) {
        int readWrite = Libc.PROT_READ | Libc.PROT_WRITE;
        this.memory = Mapping.map(acquired, libc, "the shared counters", pageSize, readWrite, fd, 0);
    }

    /**
     * Asks to be woken once the ring holds as many bytes. A full fence: whoever then looks at the ring sees every record
     * that was committed by a writer that has not seen this.
     */
    void wakeAt(long bytes) {
        WAKE_AT.setVolatile(memory, 0L, bytes);
        VarHandle.fullFence();
    }

    long execRecords() {
        return read(EXEC_RECORDS);
    }

    long exitRecords() {
        return read(EXIT_RECORDS);
    }

    long parkedExits() {
        return read(PARKED_EXITS);
    }

    long lost(Loss cause) {
        return switch (cause) {
            case EXEC_RING_FULL -> read(LOST_EXEC_RING_FULL);
            case EXEC_TABLE_FULL -> read(LOST_EXEC_TABLE_FULL);
            case EXEC_NO_SCRATCH -> read(LOST_EXEC_NO_SCRATCH);
            case EXEC_THROTTLED -> read(LOST_EXEC_THROTTLED);
            case RECURSION, MALFORMED -> 0;
        };
    }

    private long read(VarHandle counter) {
        return (long) counter.getOpaque(memory, 0L);
    }

    private static VarHandle member(String name) {
        return KernelLayouts.SHARED.varHandle(PathElement.groupElement(name));
    }
}
