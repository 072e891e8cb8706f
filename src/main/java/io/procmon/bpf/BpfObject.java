package io.procmon.bpf;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.ffi.Libc;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * An object file of the artefact with kernel programs and their maps: opened, then configured and loaded. The stack that
 * acquired it unloads it. Belongs to one thread.
 */
final class BpfObject {

    private static final int LOG_SIZE = 256 * 1024;
    private static final int LOG_LINES = 12;

    private static final VarHandle LOG_BUFFER = Libbpf.OPEN_OPTS.varHandle(PathElement.groupElement("kernel_log_buf"));
    private static final VarHandle LOG_BUFFER_SIZE =
            Libbpf.OPEN_OPTS.varHandle(PathElement.groupElement("kernel_log_size"));
    private static final VarHandle OPTS_SIZE = Libbpf.OPEN_OPTS.varHandle(PathElement.groupElement("sz"));

    private final Libc libc;
    private final Libbpf libbpf;
    private final Arena arena;
    private final Arena loading = Arena.ofConfined();
    private final MemorySegment log;
    private final MemorySegment object;
    private boolean loaded;

    /**
     * Opens an object file.
     *
     * @param resource its name in the artefact, such as {@code /procmon.bpf.o}
     * @throws BpfException if libbpf refuses it
     */
    BpfObject(ClosingStack acquired, Libc libc, Libbpf libbpf, Arena arena, String resource) {
        this.libc = libc;
        this.libbpf = libbpf;
        this.arena = arena;
        libbpf.libbpf_set_print(MemorySegment.NULL);
        acquired.push(this, BpfObject::endLoading);
        log = loading.allocate(LOG_SIZE);
        object = acquired.push(open(read(resource)), libbpf::bpf_object__close);
    }

    /** Sets the number of entries of a map, before the load. */
    void setMaxEntries(String map, int entries) {
        libbpf.bpf_map__set_max_entries(map(map), entries);
    }

    /** Leaves a program out of the load. */
    void leaveOut(String program) {
        libbpf.bpf_program__set_autoload(program(program), false);
    }

    /**
     * The initial value of the map of parameters, before the load. The prefix of the hostnames is in it.
     *
     * @param layout a struct with the members {@code hostname_prefix} and {@code hostname_prefix_mask}
     */
    MemorySegment parameters(StructLayout layout, String hostnamePrefix) {
        MemorySegment reported = arena.allocate(ValueLayout.JAVA_LONG);
        MemorySegment parameters = checked(
                        "find the parameters", libbpf.bpf_map__initial_value(map(".rodata.parameters"), reported))
                .reinterpret(layout.byteSize());
        byte[] prefix = hostnamePrefix.getBytes(UTF_8);
        MemorySegment.copy(
                prefix,
                0,
                parameters,
                ValueLayout.JAVA_BYTE,
                KernelLayouts.offset(layout, "hostname_prefix"),
                prefix.length);
        parameters
                .asSlice(KernelLayouts.offset(layout, "hostname_prefix_mask"), prefix.length)
                .fill((byte) 0xff);
        return parameters;
    }

    /** @throws BpfException if the kernel refuses */
    void load() {
        int errno = -libbpf.bpf_object__load(object);
        if (errno != 0) {
            throw BpfException.ofLoad(errno, libc.strerror(errno), verifierLog());
        }
        endLoading();
    }

    /** Frees the file and the verifier's log, which only the load needs. */
    private void endLoading() {
        if (!loaded) {
            loaded = true;
            loading.close();
        }
    }

    /**
     * Frees the pages of the initial value of a map, after the load. libbpf before 1.5 keeps them until the object is
     * closed. Later, the initial value is the map itself; then the kernel refuses the call, and nothing changes.
     */
    void forgetInitialValue(String map) {
        MemorySegment size = arena.allocate(ValueLayout.JAVA_LONG);
        MemorySegment value =
                checked("find the initial value of " + map, libbpf.bpf_map__initial_value(map(map), size));
        libc.madvise(value, size.get(ValueLayout.JAVA_LONG, 0), Libc.MADV_REMOVE);
    }

    /**
     * Attaches a program.
     *
     * @return the link, which the caller destroys
     */
    MemorySegment attach(String name) {
        return checked("attach " + name, libbpf.bpf_program__attach(program(name)));
    }

    int mapFd(String name) {
        return libbpf.bpf_map__fd(map(name));
    }

    int programFd(String name) {
        return libbpf.bpf_program__fd(program(name));
    }

    private MemorySegment program(String name) {
        return checked(
                "find the program " + name, libbpf.bpf_object__find_program_by_name(object, arena.allocateFrom(name)));
    }

    private MemorySegment map(String name) {
        return checked("find the map " + name, libbpf.bpf_object__find_map_by_name(object, arena.allocateFrom(name)));
    }

    private MemorySegment open(byte[] elf) {
        MemorySegment image = loading.allocate(elf.length);
        MemorySegment.copy(elf, 0, image, ValueLayout.JAVA_BYTE, 0, elf.length);
        MemorySegment options = loading.allocate(Libbpf.OPEN_OPTS);
        OPTS_SIZE.set(options, 0L, Libbpf.OPEN_OPTS.byteSize());
        LOG_BUFFER.set(options, 0L, log);
        LOG_BUFFER_SIZE.set(options, 0L, (long) LOG_SIZE);
        return checked("open the kernel program", libbpf.bpf_object__open_mem(image, elf.length, options));
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
        return String.join("\n", Arrays.asList(lines).subList(from, lines.length));
    }

    private static byte[] read(String resource) {
        try (InputStream object = BpfObject.class.getResourceAsStream(resource)) {
            if (object == null) {
                throw new IllegalStateException(
                        "the artefact lacks %s: build it with ./mvnw package, which runs clang".formatted(resource));
            }
            return object.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("read " + resource, e);
        }
    }
}
