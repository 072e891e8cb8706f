package io.procmon.bpf;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.ffi.Libc;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The kernel program: opened from the artefact, configured, loaded and attached. The stack that acquired it detaches and
 * closes it. Belongs to one thread.
 */
final class KernelProgram {

    private static final String OBJECT = "/procmon.bpf.o";
    private static final int LOG_SIZE = 256 * 1024;
    private static final int LOG_LINES = 12;

    private static final VarHandle LOG_BUFFER = Libbpf.OPEN_OPTS.varHandle(PathElement.groupElement("kernel_log_buf"));
    private static final VarHandle LOG_BUFFER_SIZE =
            Libbpf.OPEN_OPTS.varHandle(PathElement.groupElement("kernel_log_size"));
    private static final VarHandle OPTS_SIZE = Libbpf.OPEN_OPTS.varHandle(PathElement.groupElement("sz"));

    private final Libc libc;
    private final Libbpf libbpf;
    private final Arena arena;
    private final MemorySegment log;
    private final MemorySegment object;
    private final Deque<MemorySegment> links = new ArrayDeque<>();

    private KernelProgram(ClosingStack acquired, Libc libc, Libbpf libbpf, Arena arena) {
        this.libc = libc;
        this.libbpf = libbpf;
        this.arena = arena;
        this.log = arena.allocate(LOG_SIZE);
        this.object = acquired.push(open(), libbpf::bpf_object__close);
        acquired.push(this, KernelProgram::detach);
    }

    /**
     * Loads the program into the kernel, and does not attach it yet.
     *
     * @param acquired detaches and unloads the program when it is closed
     * @throws BpfException if the kernel refuses
     */
    static KernelProgram load(ClosingStack acquired, Libc libc, Libbpf libbpf, Arena arena, KernelOptions options) {
        libbpf.libbpf_set_print(MemorySegment.NULL);
        KernelProgram program = new KernelProgram(acquired, libc, libbpf, arena);
        int errno = -program.configureAndLoad(options);
        if (errno != 0) {
            throw BpfException.ofLoad(errno, libc.strerror(errno), program.verifierLog());
        }
        return program;
    }

    /** Starts to watch. */
    void attach() {
        attach("on_exit");
        attach("on_signal");
        attach("on_exec");
    }

    /** Stops watching. The records in the ring stay there. */
    void detach() {
        while (!links.isEmpty()) {
            libbpf.bpf_link__destroy(links.pop());
        }
    }

    /** Makes the kernel send an exec record for each student process that runs now. */
    void takeIn() {
        try (ClosingStack acquired = new ClosingStack()) {
            MemorySegment link = acquired.push(
                    checked("attach the task iterator", libbpf.bpf_program__attach(program("take_in"))),
                    libbpf::bpf_link__destroy);
            int iterator = libbpf.bpf_iter_create(libbpf.bpf_link__fd(link));
            if (iterator < 0) {
                throw BpfException.of("create the task iterator", -iterator, libc.strerror(-iterator));
            }
            acquired.push(iterator, libc::close);
            iterate(iterator);
        }
    }

    /** The program writes to the ring and not to the iterator's file. So the first read runs it over every task. */
    private void iterate(int iterator) {
        MemorySegment buffer = arena.allocate(64);
        long read;
        do {
            read = libc.read(iterator, buffer, buffer.byteSize());
            int errno = libc.errno();
            if (read < 0 && errno != Libc.EINTR && errno != Libc.EAGAIN) {
                throw BpfException.of("read the task iterator", errno, libc.strerror(errno));
            }
        } while (read != 0);
    }

    int mapFd(String name) {
        return libbpf.bpf_map__fd(map(name));
    }

    int programFd(String name) {
        return libbpf.bpf_program__fd(program(name));
    }

    private MemorySegment open() {
        byte[] elf = readObject();
        MemorySegment image = arena.allocate(elf.length);
        MemorySegment.copy(elf, 0, image, ValueLayout.JAVA_BYTE, 0, elf.length);
        MemorySegment options = arena.allocate(Libbpf.OPEN_OPTS);
        OPTS_SIZE.set(options, 0L, Libbpf.OPEN_OPTS.byteSize());
        LOG_BUFFER.set(options, 0L, log);
        LOG_BUFFER_SIZE.set(options, 0L, (long) LOG_SIZE);
        return checked("open the kernel program", libbpf.bpf_object__open_mem(image, elf.length, options));
    }

    private int configureAndLoad(KernelOptions options) {
        int processors = libbpf.libbpf_num_possible_cpus();
        libbpf.bpf_map__set_max_entries(map("scratch"), processors + 1);
        libbpf.bpf_map__set_max_entries(map("groups"), options.groups());
        libbpf.bpf_map__set_max_entries(map("processes"), options.groups());
        libbpf.bpf_map__set_max_entries(map("ring"), options.ringSize());
        writeParameters(options, processors);
        return libbpf.bpf_object__load(object);
    }

    private void writeParameters(KernelOptions options, int iteratorSlot) {
        MemorySegment size = arena.allocate(ValueLayout.JAVA_LONG);
        MemorySegment parameters = checked(
                        "find the parameters", libbpf.bpf_map__initial_value(map(".rodata.parameters"), size))
                .reinterpret(KernelLayouts.PARAMETERS.byteSize());
        long prefix = KernelLayouts.offset(KernelLayouts.PARAMETERS, "hostname_prefix");
        long mask = KernelLayouts.offset(KernelLayouts.PARAMETERS, "hostname_prefix_mask");
        byte[] bytes = options.hostnamePrefix().getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            parameters.set(ValueLayout.JAVA_BYTE, prefix + i, bytes[i]);
            parameters.set(ValueLayout.JAVA_BYTE, mask + i, (byte) 0xff);
        }
        KernelLayouts.member(KernelLayouts.PARAMETERS, "exec_interval_ns")
                .set(parameters, 0L, options.execIntervalNanos());
        KernelLayouts.member(KernelLayouts.PARAMETERS, "exec_burst_ns").set(parameters, 0L, options.execBurstNanos());
        KernelLayouts.member(KernelLayouts.PARAMETERS, "iterator_slot").set(parameters, 0L, iteratorSlot);
        KernelLayouts.member(KernelLayouts.PARAMETERS, "group_mask").set(parameters, 0L, options.groups() - 1);
    }

    private void attach(String name) {
        links.push(checked("attach " + name, libbpf.bpf_program__attach(program(name))));
    }

    private MemorySegment program(String name) {
        return checked(
                "find the program " + name, libbpf.bpf_object__find_program_by_name(object, arena.allocateFrom(name)));
    }

    private MemorySegment map(String name) {
        return checked("find the map " + name, libbpf.bpf_object__find_map_by_name(object, arena.allocateFrom(name)));
    }

    private MemorySegment checked(String attempt, MemorySegment pointer) {
        if (pointer.address() == 0) {
            int errno = libbpf.errno();
            throw BpfException.of(attempt, errno, libc.strerror(errno));
        }
        return pointer;
    }

    /** The last lines that the verifier wrote about a program that it rejected. */
    private String verifierLog() {
        String[] lines = log.getString(0).strip().split("\n");
        int from = Math.max(0, lines.length - LOG_LINES);
        return String.join("\n", java.util.Arrays.asList(lines).subList(from, lines.length));
    }

    private static byte[] readObject() {
        try (InputStream resource = KernelProgram.class.getResourceAsStream(OBJECT)) {
            if (resource == null) {
                throw new IllegalStateException(
                        "the artefact lacks %s: build it with ./mvnw package, which runs clang".formatted(OBJECT));
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("read " + OBJECT, e);
        }
    }
}
