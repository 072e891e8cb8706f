package io.procmon.bpf;

import io.procmon.ffi.Libc;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the hook by which this kernel shows the writes of processes: the first one that the kernel accepts and that is
 * called in a self-test. An attached hook may never be called.
 */
final class CaptureOpening {

    private static final Path BTF = Path.of("/sys/kernel/btf/vmlinux");

    /**
     * The functions that the trampolines need. If one is missing, libbpf reports EPERM, so the kernel's types are
     * checked first.
     */
    private static final List<String> TRACED = List.of("ksys_write", "do_writev");

    /** An address and a length: {@code struct iovec}. */
    private static final long IOVEC_SIZE = 16;

    private final Libc libc;
    private final Libbpf libbpf;
    private final Arena arena;
    private final String hostnamePrefix;
    private final long pageSize;
    private final List<String> refusals = new ArrayList<>();

    CaptureOpening(Libc libc, Libbpf libbpf, Arena arena, String hostnamePrefix, long pageSize) {
        this.libc = libc;
        this.libbpf = libbpf;
        this.arena = arena;
        this.hostnamePrefix = hostnamePrefix;
        this.pageSize = pageSize;
    }

    /** Loads the programs; empty if the kernel accepts none of the hooks. An attached hook of {@code SYS_EXIT} is detached. */
    Optional<CaptureProgram> open(ClosingStack acquired) {
        for (CaptureHook hook : CaptureHook.values()) {
            ClosingStack attempt = new ClosingStack();
            try {
                CaptureProgram program = open(attempt, hook);
                acquired.push(attempt, ClosingStack::close);
                return Optional.of(program);
            } catch (BpfException refusal) {
                attempt.closeAfter(refusal);
                refusals.add(hook.label() + ": " + firstLine(refusal.getMessage()));
            } catch (Throwable e) {
                attempt.closeAfter(e);
                throw e;
            }
        }
        return Optional.empty();
    }

    /** The reasons why the better hooks are not in use; empty if there is no better one. */
    String refusals() {
        return String.join("; ", refusals);
    }

    private CaptureProgram open(ClosingStack attempt, CaptureHook hook) {
        if (hook == CaptureHook.FEXIT) {
            requireFunctions();
        }
        CaptureProgram program = new CaptureProgram(attempt, libc, libbpf, arena, hook, hostnamePrefix, pageSize);
        program.attach();
        long probes = probes(attempt, program.memory());
        if (probes < TRACED.size()) {
            throw new BpfException.KernelUnsupported(
                    "the hook is attached, but has seen %d of %d writes".formatted(probes, TRACED.size()));
        }
        if (hook == CaptureHook.SYS_EXIT) {
            program.detach();
        }
        return program;
    }

    /** Writes to /dev/null once in each way, and returns the number of writes that the hook has seen. */
    private long probes(ClosingStack attempt, CaptureMemory memory) {
        int fd = libc.openat(Libc.AT_FDCWD, arena.allocateFrom("/dev/null"), Libc.O_WRONLY | Libc.O_CLOEXEC);
        if (fd < 0) {
            throw BpfException.of("open /dev/null", libc.errno(), libc.strerror(libc.errno()));
        }
        attempt.push(fd, libc::close);
        MemorySegment segment = arena.allocate(IOVEC_SIZE, Long.BYTES);
        segment.set(ValueLayout.ADDRESS, 0, segment);
        segment.set(ValueLayout.JAVA_LONG, Long.BYTES, 1);
        memory.probe(segment.address());
        long written = libc.write(fd, segment, 1) + libc.writev(fd, segment, 1);
        memory.probe(0);
        return Math.min(written, memory.probes());
    }

    private static void requireFunctions() {
        List<String> missing;
        try (InputStream types = Files.newInputStream(BTF)) {
            missing = KernelTypes.missing(types, TRACED);
        } catch (IOException e) {
            throw new BpfException.KernelUnsupported("%s cannot be read: %s".formatted(BTF, e.getMessage()));
        }
        if (!missing.isEmpty()) {
            throw new BpfException.KernelUnsupported(
                    "kernel %s has no function %s to trace".formatted(KernelInfo.release(), missing.getFirst()));
        }
    }

    static String firstLine(String message) {
        return message.lines().findFirst().orElse(message);
    }
}
