package io.procmon.bpf;

import static io.procmon.bpf.KernelLayouts.GROUP_SIZE;

import io.procmon.events.ExitRecord;
import io.procmon.ffi.Libc;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The table of watched processes, which both sides have mapped. With its process the kernel program keeps there the exit
 * that found the ring full; whoever fetches one frees the place.
 */
final class ProcessTable {

    private static final VarHandle TGID = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle STATE = KernelLayouts.member(KernelLayouts.PROCESS, "state");
    private static final long TGIDS = KernelLayouts.GROUP.byteSize();
    private static final long PLACES = KernelLayouts.PLACES.byteSize();
    private static final long PROCESS = KernelLayouts.PROCESS.byteSize();

    private final int groups;
    private final MemorySegment tgids;
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
        tgids = Mapping.map(
                acquired, libc, "the watched process ids", wholePages(groups * TGIDS, pageSize), readWrite, groupsFd, 0);
        processes = Mapping.map(
                acquired, libc, "the watched processes", wholePages(groups * PLACES, pageSize), readWrite, processesFd, 0);
    }

    /** How many of its places are taken. */
    Occupancy occupancy() {
        int places = groups * GROUP_SIZE;
        int taken = 0;
        for (int index = 0; index < places; index++) {
            if ((int) TGID.getOpaque(tgids, tgidAt(index)) != 0) {
                taken++;
            }
        }
        return new Occupancy(taken, places);
    }

    /**
     * Fetches exits that are parked, at most {@code max}.
     *
     * @param execsAreRead asked after each was found: only then may it follow
     * @return how many
     */
    int fetchParkedExits(int max, BooleanSupplier execsAreRead, Consumer<? super ExitRecord> consumer) {
        int fetched = 0;
        for (int index = 0; index < groups * GROUP_SIZE && fetched < max; index++) {
            long tgid = tgidAt(index);
            long process = index / GROUP_SIZE * PLACES + index % GROUP_SIZE * PROCESS;
            if ((int) TGID.getAcquire(tgids, tgid) != 0
                    && (int) STATE.get(processes, process) == KernelLayouts.PROCESS_PARKED) {
                VarHandle.acquireFence();
                if (!execsAreRead.getAsBoolean()) {
                    return fetched;
                }
                ExitRecord exit = decoder.decodeExit(processes, process);
                STATE.set(processes, process, KernelLayouts.PROCESS_RUNNING); // or the next one here would look parked
                TGID.setRelease(tgids, tgid, 0);
                consumer.accept(exit);
                fetched++;
            }
        }
        return fetched;
    }

    private static long tgidAt(int index) {
        return index / GROUP_SIZE * TGIDS + index % GROUP_SIZE * (long) Integer.BYTES;
    }

    private static long wholePages(long size, long pageSize) {
        return Math.ceilDiv(size, pageSize) * pageSize;
    }
}
