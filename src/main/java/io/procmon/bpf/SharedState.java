package io.procmon.bpf;

import io.procmon.ffi.Libc;
import java.lang.invoke.VarHandle;
import java.nio.LongBuffer;

/** The variable that the kernel program and this process share: {@code struct shared}. For any thread. */
final class SharedState {

    private static final int WAKE_AT = member("wake_at");
    private static final int EXEC_RECORDS = member("exec_records");
    private static final int EXIT_RECORDS = member("exit_records");
    private static final int PARKED_EXITS = member("parked_exits");
    private static final int LOST_EXEC_RING_FULL = member("lost_exec_ring_full");
    private static final int LOST_EXEC_TABLE_FULL = member("lost_exec_table_full");
    private static final int LOST_EXEC_NO_SCRATCH = member("lost_exec_no_scratch");
    private static final int LOST_EXEC_THROTTLED = member("lost_exec_throttled");
    private static final int LOST_EXEC_CROWDED = member("lost_exec_crowded");
    private static final int STUDENTS_TAKEN_IN = member("students_taken_in");

    private final LongBuffer members;

    /**
     * @param acquired unmaps the variable when it is closed
     * @param fd the file descriptor of the map that holds the program's zeroed variables
     */
    SharedState(ClosingStack acquired, Libc libc, int fd, long pageSize) {
        int readWrite = Libc.PROT_READ | Libc.PROT_WRITE;
        members = Mapping.longs(Mapping.map(acquired, libc, "the shared counters", pageSize, readWrite, fd, 0));
    }

    /**
     * Requests a wake-up when the ring holds this many bytes. The call is a full fence: if a writer has not seen the
     * request, a caller that then reads the ring sees each record of this writer.
     */
    void wakeAt(long bytes) {
        VarHandle.releaseFence();
        members.put(WAKE_AT, bytes);
        VarHandle.fullFence();
    }

    /** Makes the iterator send the other processes in the containers of students from now on. */
    void studentsTakenIn() {
        members.put(STUDENTS_TAKEN_IN, 1);
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
            case EXEC_CROWDED -> read(LOST_EXEC_CROWDED);
            case EXEC_OVER_SHARE, RECURSION, MALFORMED -> 0;
        };
    }

    private long read(int counter) {
        long value = members.get(counter);
        VarHandle.acquireFence();
        return value;
    }

    private static int member(String name) {
        return (int) KernelLayouts.offset(KernelLayouts.SHARED, name) / Long.BYTES;
    }
}
