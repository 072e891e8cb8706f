package io.procmon.bpf;

import io.procmon.ffi.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The kernel program: opened from the artefact, configured, loaded and attached. The stack that acquired it detaches and
 * closes it. Belongs to one thread.
 */
final class KernelProgram {

    private static final String OBJECT = "/procmon.bpf.o";

    private final Libc libc;
    private final Libbpf libbpf;
    private final Arena arena;
    private final BpfObject object;
    private final Deque<MemorySegment> links = new ArrayDeque<>();

    private KernelProgram(ClosingStack acquired, Libc libc, Libbpf libbpf, Arena arena) {
        this.libc = libc;
        this.libbpf = libbpf;
        this.arena = arena;
        this.object = new BpfObject(acquired, libc, libbpf, arena, OBJECT);
        acquired.push(this, KernelProgram::detach);
    }

    /**
     * Loads the program into the kernel, and does not attach it yet.
     *
     * @param acquired detaches and unloads the program when it is closed
     * @throws BpfException if the kernel refuses
     */
    static KernelProgram load(ClosingStack acquired, Libc libc, Libbpf libbpf, Arena arena, KernelOptions options) {
        KernelProgram program = new KernelProgram(acquired, libc, libbpf, arena);
        program.configure(options);
        program.object.load();
        return program;
    }

    /** Starts to watch. */
    void attach() {
        links.push(object.attach("on_exit"));
        links.push(object.attach("on_signal"));
        links.push(object.attach("on_exec"));
    }

    /** Stops watching. The records in the ring stay there. */
    void detach() {
        while (!links.isEmpty()) {
            libbpf.bpf_link__destroy(links.pop());
        }
    }

    /**
     * Begins to send an exec record for each student process that runs now.
     *
     * @param atOnce the records that one step sends at most
     */
    TaskIterator takeIn(int atOnce) {
        return new TaskIterator(libc, libbpf, arena, object.attach("take_in"), atOnce);
    }

    int mapFd(String name) {
        return object.mapFd(name);
    }

    int programFd(String name) {
        return object.programFd(name);
    }

    private void configure(KernelOptions options) {
        int processors = libbpf.libbpf_num_possible_cpus();
        object.setMaxEntries("scratch", processors + 1);
        object.setMaxEntries("groups", options.groups());
        object.setMaxEntries("processes", options.groups());
        object.setMaxEntries("ring", options.ringSize());
        writeParameters(options, processors);
    }

    private void writeParameters(KernelOptions options, int iteratorSlot) {
        MemorySegment parameters = object.parameters(KernelLayouts.PARAMETERS, options.hostnamePrefix());
        KernelLayouts.member(KernelLayouts.PARAMETERS, "exec_interval_ns")
                .set(parameters, 0L, options.execIntervalNanos());
        KernelLayouts.member(KernelLayouts.PARAMETERS, "exec_burst_ns").set(parameters, 0L, options.execBurstNanos());
        KernelLayouts.member(KernelLayouts.PARAMETERS, "places_max").set(parameters, 0L, options.placesMax());
        KernelLayouts.member(KernelLayouts.PARAMETERS, "iterator_slot").set(parameters, 0L, iteratorSlot);
        KernelLayouts.member(KernelLayouts.PARAMETERS, "group_mask").set(parameters, 0L, options.groups() - 1);
    }
}
