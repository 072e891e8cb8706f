package io.procmon.bpf;

import static io.procmon.bpf.CaptureLayouts.PARAMETERS;
import static io.procmon.bpf.KernelLayouts.offset;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.ffi.Libc;
import io.procmon.process.PrivatePrograms;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The kernel programs of the capture, loaded for one of the hooks. The stack that acquired them detaches and unloads
 * them. Belongs to one thread.
 */
final class CaptureProgram {

    private static final String OBJECT = "/diagnostics.bpf.o";
    private static final String ON_END = "on_end";

    /**
     * The time in which user space decides about an image. It takes some milliseconds after the exec, and longer if the
     * machine is busy.
     */
    static final Duration UNDECIDED = Duration.ofSeconds(2);

    private final Libbpf libbpf;
    private final CaptureHook hook;
    private final BpfObject object;
    private final CaptureMemory memory;
    private final Deque<MemorySegment> links = new ArrayDeque<>();

    /**
     * Loads the programs, and attaches the one for the ends of processes.
     *
     * @throws BpfException if the kernel rejects a program
     */
    CaptureProgram(
            ClosingStack acquired,
            Libc libc,
            Libbpf libbpf,
            Arena arena,
            CaptureHook hook,
            String hostnamePrefix,
            long pageSize) {
        this.libbpf = libbpf;
        this.hook = hook;
        object = new BpfObject(acquired, libc, libbpf, arena, OBJECT);
        Arrays.stream(CaptureHook.values())
                .filter(other -> other != hook)
                .flatMap(other -> other.programs().stream())
                .forEach(object::leaveOut);
        configure(hostnamePrefix);
        object.load();
        object.forgetInitialValue(".bss");
        memory = new CaptureMemory(acquired, libc, object.mapFd(".bss"), pageSize);
        acquired.push(object.attach(ON_END), libbpf::bpf_link__destroy);
        acquired.push(this, CaptureProgram::detach);
    }

    CaptureHook hook() {
        return hook;
    }

    CaptureMemory memory() {
        return memory;
    }

    boolean isAttached() {
        return !links.isEmpty();
    }

    /** Begins to capture writes. */
    void attach() {
        hook.programs().forEach(program -> links.push(object.attach(program)));
    }

    /** Stops capturing writes. */
    void detach() {
        while (!links.isEmpty()) {
            libbpf.bpf_link__destroy(links.pop());
        }
    }

    /** The kernel's statistics of each program. */
    List<ProgramInfo> programs() {
        return Stream.concat(hook.programs().stream(), Stream.of(ON_END))
                .map(object::programFd)
                .map(ProgramInfo::new)
                .toList();
    }

    private void configure(String hostnamePrefix) {
        MemorySegment parameters = object.parameters(PARAMETERS, hostnamePrefix);
        parameters.set(ValueLayout.JAVA_LONG_UNALIGNED, offset(PARAMETERS, "undecided_ns"), UNDECIDED.toNanos());
        long at = offset(PARAMETERS, "private_programs");
        for (String name : PrivatePrograms.names()) {
            byte[] bytes = name.getBytes(UTF_8);
            MemorySegment.copy(bytes, 0, parameters, ValueLayout.JAVA_BYTE, at, bytes.length);
            at += CaptureLayouts.PROGRAM_NAME_SIZE;
        }
    }
}
