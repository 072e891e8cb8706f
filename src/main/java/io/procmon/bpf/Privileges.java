package io.procmon.bpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The capabilities of this process: capabilities(7), include/uapi/linux/capability.h. */
final class Privileges {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int CAP_SYS_ADMIN = 21;
    private static final int CAP_PERFMON = 38;
    private static final int CAP_BPF = 39;

    private Privileges() {}

    /** The capabilities that watching needs and this process lacks, by name. */
    static List<String> missing() {
        long effective = effective();
        List<String> missing = new ArrayList<>();
        if (!has(effective, CAP_SYS_ADMIN)) {
            if (!has(effective, CAP_BPF)) {
                missing.add("CAP_BPF");
            }
            if (!has(effective, CAP_PERFMON)) {
                missing.add("CAP_PERFMON");
            }
        }
        return missing;
    }

    /** What to do about a refusal, as the end of a message. */
    static String remedy() {
        List<String> missing = missing();
        if (missing.isEmpty()) {
            return "; the capabilities are there, so a security module, lockdown or seccomp profile forbids bpf(2)";
        }
        String names = String.join(" and ", missing);
        return "; this process lacks %s: run it as root, with 'docker run --cap-add BPF --cap-add PERFMON', or by 'setpriv --ambient-caps +bpf,+perfmon --inh-caps +bpf,+perfmon'"
                .formatted(names);
    }

    private static boolean has(long capabilities, int capability) {
        return (capabilities >> capability & 1) != 0;
    }

    private static long effective() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("CapEff:"))
                    .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
