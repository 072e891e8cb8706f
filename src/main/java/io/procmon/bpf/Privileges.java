package io.procmon.bpf;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The capabilities of a process: capabilities(7), include/uapi/linux/capability.h.
 *
 * @param effective the effective capabilities, one bit each
 * @param last the highest capability of the kernel
 */
public record Privileges(long effective, int last) {

    private static final Capability SYS_ADMIN = new Capability("CAP_SYS_ADMIN", 21);
    private static final Capability PERFMON = new Capability("CAP_PERFMON", 38);
    private static final Capability BPF = new Capability("CAP_BPF", 39);

    /** No number has as many digits. */
    private static final int NUMBER_SIZE = 32;

    private record Capability(String name, int bit) {}

    /** The capabilities of this process. */
    public static Privileges ours() {
        return in(Path.of("/proc"));
    }

    /**
     * The capabilities of the calling process.
     *
     * @param proc where proc(5) is mounted
     */
    public static Privileges in(Path proc) {
        return new Privileges(effective(proc.resolve("self/status")), last(proc.resolve("sys/kernel/cap_last_cap")));
    }

    /** The names of the required capabilities that the process lacks. */
    public List<String> missing() {
        return has(SYS_ADMIN)
                ? List.of()
                : needed().filter(it -> !has(it)).map(Capability::name).toList();
    }

    /** The names of the required capabilities that the process has. */
    public List<String> used() {
        List<String> used = needed().filter(this::has).map(Capability::name).toList();
        return used.isEmpty() ? List.of(SYS_ADMIN.name()) : used;
    }

    /** Instructions to give a process the missing capabilities. */
    public String howToGet() {
        return isSplit()
                ? "run it as root, with 'docker run --cap-add BPF --cap-add PERFMON', or by 'setpriv --ambient-caps +bpf,+perfmon --inh-caps +bpf,+perfmon'"
                : "this kernel does not know CAP_BPF and CAP_PERFMON: run it as root, or with 'docker run --cap-add SYS_ADMIN'";
    }

    /** The remedy for a refused call, as the end of a message. */
    String remedy() {
        List<String> missing = missing();
        return missing.isEmpty()
                ? "; the capabilities are there, so a security module, lockdown or seccomp profile forbids bpf(2)"
                : "; this process lacks %s: %s".formatted(String.join(" and ", missing), howToGet());
    }

    /** Before 5.8, CAP_SYS_ADMIN included the other two. */
    private Stream<Capability> needed() {
        return isSplit() ? Stream.of(BPF, PERFMON) : Stream.of(SYS_ADMIN);
    }

    private boolean isSplit() {
        return last >= BPF.bit();
    }

    private boolean has(Capability capability) {
        return (effective >> capability.bit() & 1) != 0;
    }

    private static long effective(Path status) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("CapEff:"))
                    .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * Reads the file by one call. A second read of a number below /proc/sys returns nothing (kernel/sysctl.c:proc_dointvec),
     * and {@link Files#readString} first reads a single byte, because the size of the file is 0.
     */
    private static int last(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Integer.parseInt(new String(in.readNBytes(NUMBER_SIZE), US_ASCII).strip());
        } catch (IOException e) {
            return BPF.bit();
        }
    }
}
