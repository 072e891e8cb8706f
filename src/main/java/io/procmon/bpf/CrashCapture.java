package io.procmon.bpf;

import static io.procmon.bpf.CrashLayouts.COUNTERS;
import static io.procmon.bpf.CrashLayouts.CRASH;
import static io.procmon.bpf.CrashLayouts.LINK;
import static io.procmon.bpf.CrashLayouts.MAPPING;
import static io.procmon.bpf.CrashLayouts.PATHS;
import static io.procmon.bpf.KernelLayouts.IMAGE_KEY;
import static io.procmon.bpf.KernelLayouts.offset;

import io.procmon.events.CrashDump;
import io.procmon.events.CrashDump.Code;
import io.procmon.events.CrashDump.Link;
import io.procmon.events.CrashDump.Machine;
import io.procmon.events.ExitRecord;
import io.procmon.events.FileId;
import io.procmon.events.ImageKey;
import io.procmon.ffi.Libc;
import io.procmon.process.ContainerPath;
import io.procmon.procfs.EpochTime;
import java.lang.foreign.Arena;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the crashes that the kernel program has captured, and adds each to the exit record of its process. Belongs to
 * the thread of the ring; any thread may read {@link #counters}.
 */
public final class CrashCapture {

    private static final String OBJECT = "/crash.bpf.o";

    /**
     * The limit of crashes whose exit records have not been read yet. Such a process may still be writing a core file.
     */
    private static final int WAITING_MAX = 32;

    private static final int KEY_START = (int) offset(IMAGE_KEY, "start_ns");
    private static final int KEY_TGID = (int) offset(IMAGE_KEY, "tgid");
    private static final int KEY_EXEC_ID = (int) offset(IMAGE_KEY, "exec_id");
    private static final int ADDRESS = at("address");
    private static final int REGISTERS = at("registers");
    private static final int STATE = at("state");
    private static final int SIGNAL = at("signal");
    private static final int CODE = at("code");
    private static final int MACHINE = at("machine");
    private static final int STACK_SIZE = at("stack_size");
    private static final int CHAIN_SIZE = at("chain_size");
    private static final int MAPPING_COUNT = at("mapping_count");
    private static final int MAPPINGS = at("mappings");
    private static final int CHAIN = at("chain");
    private static final int STACK = at("stack");
    private static final int PATH_DATA = at("paths") + (int) offset(PATHS, "data");
    private static final int SIZE = (int) CRASH.byteSize();
    private static final int MAPPING_SIZE = (int) MAPPING.byteSize();
    private static final int LINK_SIZE = (int) LINK.byteSize();
    private static final int COMPLETE = (int) offset(COUNTERS, "complete");
    private static final int LOST_NO_PLACE = (int) offset(COUNTERS, "lost_no_place");
    private static final int LOST_CONTAINER_FULL = (int) offset(COUNTERS, "lost_container_full");

    private final ByteBuffer crashes;
    private final ByteBuffer counters;
    private final long pageSize;
    private final Map<ImageKey, CrashDump> waiting = new LinkedHashMap<>();
    private CrashCounters last = CrashCounters.NONE;
    private long taken;
    private boolean closed;

    /**
     * Loads the program, and attaches it.
     *
     * @param acquired ends the capture when it is closed
     * @throws BpfException if the kernel refuses
     */
    CrashCapture(ClosingStack acquired, Libc libc, Libbpf libbpf, Arena arena, String hostnamePrefix, long pageSize) {
        this.pageSize = pageSize;
        BpfObject object = new BpfObject(acquired, libc, libbpf, arena, OBJECT);
        var parameters = object.parameters(CrashLayouts.PARAMETERS, hostnamePrefix);
        assert parameters.byteSize() == CrashLayouts.PARAMETERS.byteSize();
        object.load();
        int readWrite = Libc.PROT_READ | Libc.PROT_WRITE;
        crashes = Mapping.bytes(Mapping.map(
                acquired,
                libc,
                "the crashes",
                Mapping.wholePages((long) CrashLayouts.CRASHES * SIZE, pageSize),
                readWrite,
                object.mapFd("crashes"),
                0));
        counters = Mapping.bytes(
                Mapping.map(acquired, libc, "the counters of crashes", pageSize, readWrite, object.mapFd(".bss"), 0));
        acquired.push(this, CrashCapture::close);
        acquired.push(object.attach("on_deliver"), libbpf::bpf_link__destroy);
    }

    /** The counters. Any thread may call this, even after the end. */
    public synchronized CrashCounters counters() {
        if (!closed) {
            last = new CrashCounters(
                    counters.getLong(COMPLETE),
                    counters.getLong(LOST_NO_PLACE) + counters.getLong(LOST_CONTAINER_FULL));
        }
        return last;
    }

    /**
     * An image has ended.
     *
     * @return its record, with its crash if a signal ended it
     */
    ExitRecord ended(ExitRecord exit) {
        collect();
        CrashDump dump = waiting.remove(exit.image());
        return exit.status().signal().isPresent()
                        && dump != null
                        && dump.signal() == exit.status().signal().getAsInt()
                ? exit.with(dump)
                : exit;
    }

    /** Takes all crashes, which frees their places. */
    void collect() {
        long complete = counters.getLong(COMPLETE);
        if (complete == taken) {
            return;
        }
        taken = complete;
        VarHandle.acquireFence();
        for (int i = 0; i < CrashLayouts.CRASHES; i++) {
            int crash = i * SIZE;
            if (crashes.getInt(crash + STATE) == CrashLayouts.CRASH_COMPLETE) {
                VarHandle.acquireFence();
                ImageKey image = new ImageKey(
                        crashes.getInt(crash + KEY_TGID),
                        crashes.getLong(crash + KEY_START),
                        crashes.getInt(crash + KEY_EXEC_ID));
                dump(crash).ifPresent(dump -> waiting.put(image, dump));
                VarHandle.releaseFence();
                crashes.putInt(crash + STATE, CrashLayouts.CRASH_FREE);
            }
        }
        while (waiting.size() > WAITING_MAX) {
            waiting.remove(waiting.keySet().iterator().next());
        }
    }

    /** Decodes a crash; empty if procmon does not support the processor. */
    private Optional<CrashDump> dump(int crash) {
        return Machine.of(crashes.getInt(crash + MACHINE))
                .map(machine -> new CrashDump(
                        crashes.getInt(crash + SIGNAL),
                        crashes.getInt(crash + CODE),
                        crashes.getLong(crash + ADDRESS),
                        machine,
                        registers(crash),
                        bytes(crash + STACK, limited(crash + STACK_SIZE, CrashLayouts.STACK_SIZE)),
                        chain(crash),
                        mappings(crash)));
    }

    private long[] registers(int crash) {
        long[] registers = new long[CrashLayouts.REGISTERS];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = crashes.getLong(crash + REGISTERS + i * Long.BYTES);
        }
        return registers;
    }

    private List<Link> chain(int crash) {
        List<Link> chain = new ArrayList<>();
        int size = limited(crash + CHAIN_SIZE, CrashLayouts.CHAIN_MAX);
        for (int i = 0; i < size; i++) {
            int link = crash + CHAIN + i * LINK_SIZE;
            chain.add(new Link(
                    crashes.getLong(link + (int) offset(LINK, "address")),
                    crashes.getLong(link + (int) offset(LINK, "caller")),
                    crashes.getLong(link + (int) offset(LINK, "return_address"))));
        }
        return chain;
    }

    private List<Code> mappings(int crash) {
        List<Code> mappings = new ArrayList<>();
        int count = limited(crash + MAPPING_COUNT, CrashLayouts.MAPPINGS_MAX);
        for (int i = 0; i < count; i++) {
            int mapping = crash + MAPPINGS + i * MAPPING_SIZE;
            mappings.add(new Code(
                    crashes.getLong(mapping + (int) offset(MAPPING, "start")),
                    crashes.getLong(mapping + (int) offset(MAPPING, "end")),
                    crashes.getLong(mapping + (int) offset(MAPPING, "page_offset")) * pageSize,
                    new FileId(
                            crashes.getLong(mapping + (int) offset(MAPPING, "inode")),
                            EpochTime.of(crashes.getLong(mapping + (int) offset(MAPPING, "mtime_ns")))),
                    crashes.getLong(mapping + (int) offset(MAPPING, "size")),
                    path(
                            crash + PATH_DATA,
                            crashes.getInt(mapping + (int) offset(MAPPING, "path_at")),
                            crashes.getInt(mapping + (int) offset(MAPPING, "path_size")))));
        }
        return mappings;
    }

    private Optional<ContainerPath> path(int data, int at, int size) {
        if (size <= 0 || at < 0 || at + size > CrashLayouts.PATHS_SPACE) {
            return Optional.empty();
        }
        return Optional.of(ContainerPath.of(RecordDecoder.path(bytes(data + at, size), 0, size)));
    }

    private byte[] bytes(int at, int size) {
        byte[] bytes = new byte[size];
        crashes.get(at, bytes);
        return bytes;
    }

    private int limited(int at, int max) {
        return Math.clamp(crashes.getInt(at), 0, max);
    }

    private synchronized void close() {
        counters();
        closed = true;
    }

    private static int at(String member) {
        return (int) offset(CRASH, member);
    }
}
