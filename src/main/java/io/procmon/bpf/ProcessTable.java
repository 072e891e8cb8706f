package io.procmon.bpf;

import static io.procmon.bpf.KernelLayouts.GROUP_SIZE;

import io.procmon.events.ExitRecord;
import io.procmon.ffi.Libc;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.IntBuffer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The table of watched processes, which the kernel program and this process share. If the ring is full, the kernel
 * program parks an exit in the place of its process. The reader that fetches the exit frees the place. Any thread may
 * read the occupancy.
 */
final class ProcessTable {

    private static final VarHandle STATE = KernelLayouts.member(KernelLayouts.PROCESS, "state");
    private static final long TGIDS = KernelLayouts.GROUP.byteSize();
    private static final long PLACES = KernelLayouts.PLACES.byteSize();
    private static final long PROCESS = KernelLayouts.PROCESS.byteSize();

    private final int groups;
    private final IntBuffer tgids;
    private final MemorySegment processes;
    private final RecordDecoder decoder;

    /** @param acquired unmaps the table when it is closed */
    ProcessTable(
            ClosingStack acquired,
            Libc libc,
            int groupsFd,
            int processesFd,
            int groups,
            long pageSize,
            RecordDecoder decoder) {
        this.groups = groups;
        this.decoder = decoder;
        int readWrite = Libc.PROT_READ | Libc.PROT_WRITE;
        long tgidsSize = Mapping.wholePages(groups * TGIDS, pageSize);
        tgids = Mapping.ints(Mapping.map(acquired, libc, "the watched process ids", tgidsSize, readWrite, groupsFd, 0));
        processes = Mapping.map(
                acquired,
                libc,
                "the watched processes",
                Mapping.wholePages(groups * PLACES, pageSize),
                readWrite,
                processesFd,
                0);
    }

    /** The number of places that are taken. */
    Occupancy occupancy() {
        int places = groups * GROUP_SIZE;
        int taken = 0;
        for (int index = 0; index < places; index++) {
            if (tgids.get(index) != 0) {
                taken++;
            }
        }
        return new Occupancy(taken, places);
    }

    /**
     * Fetches parked exits, at most {@code max}.
     *
     * @param execsAreRead whether all execs have been read; called for each parked exit, which must follow its exec
     * @param released receives the cgroup of each place that is free again
     * @return the number of exits
     */
    int fetchParkedExits(
            int max, BooleanSupplier execsAreRead, LongConsumer released, Consumer<? super ExitRecord> consumer) {
        int fetched = 0;
        for (int index = 0; index < groups * GROUP_SIZE && fetched < max; index++) {
            long process = index / GROUP_SIZE * PLACES + index % GROUP_SIZE * PROCESS;
            if (isTaken(index) && (int) STATE.get(processes, process) == KernelLayouts.PROCESS_PARKED) {
                VarHandle.acquireFence();
                if (!execsAreRead.getAsBoolean()) {
                    return fetched;
                }
                ExitRecord exit = decoder.decodeExit(processes, process);
                released.accept(RecordDecoder.cgroupId(processes, process));
                // Otherwise the next process in this place would look parked.
                STATE.set(processes, process, KernelLayouts.PROCESS_RUNNING);
                VarHandle.releaseFence();
                tgids.put(index, 0);
                consumer.accept(exit);
                fetched++;
            }
        }
        return fetched;
    }

    private boolean isTaken(int index) {
        boolean taken = tgids.get(index) != 0;
        VarHandle.acquireFence();
        return taken;
    }
}
