package io.procmon.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Prerequisites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service as the user nobody, with CAP_BPF and CAP_PERFMON and no way to get more, on a kernel with the strictest
 * settings of distributions. It takes in running processes, and watches new ones.
 */
class LeastPrivilegesIT {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    /**
     * Debian's and Ubuntu's kernels also have the values 3 and 4, with which perf_event_open(2) always needs
     * CAP_PERFMON.
     */
    private static final Map<Path, String> STRICTEST = Map.of(
            Path.of("/proc/sys/kernel/perf_event_paranoid"), "4",
            Path.of("/proc/sys/kernel/unprivileged_bpf_disabled"), "2");

    /** A student's program in the student's project. It ends at the end of its input. */
    private static final String STUDENT = """
            set -e
            mount -t tmpfs none /mnt
            mkdir -p /mnt/coder/project/hw1
            cp /bin/cat /mnt/coder/project/hw1/early
            cp /bin/true /mnt/coder/project/hw1/late
            mount --rbind /mnt /home
            hostname "$1"
            cd /home/coder/project/hw1
            ./early
            ./late
            """;

    private final String prefix = "p%d-".formatted(ProcessHandle.current().pid());
    private final Map<Path, String> before = new HashMap<>();

    @TempDir
    Path directory;

    @BeforeEach
    void makeTheKernelStrict() throws IOException {
        Prerequisites.rootAndBtf();
        for (Path setting : STRICTEST.keySet()) {
            before.put(setting, Files.readString(setting));
            Files.writeString(setting, STRICTEST.get(setting));
        }
    }

    @AfterEach
    void restoreTheKernel() throws IOException {
        for (Map.Entry<Path, String> setting : before.entrySet()) {
            Files.writeString(setting.getKey(), setting.getValue());
        }
    }

    @Test
    void nobodyWithTwoCapabilities_takesInAndWatches() throws Exception {
        Path log = directory.resolve("log");
        Process student = new ProcessBuilder(
                        "unshare", "--uts", "--mount", "sh", "-c", STUDENT, "sh", prefix + "os-1-7")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        student.getOutputStream().write('\n');
        student.getOutputStream().flush();
        student.getInputStream().read(); // `early` has answered, so it runs
        Process procmon = Artefact.startAsNobody(",+bpf,+perfmon", environment(), log);
        try {
            await(procmon, log, "watching: kernel");
            assertThat(Files.readString(Path.of("/proc/%d/status".formatted(procmon.pid()))))
                    .contains("Uid:\t65534\t65534\t65534\t65534")
                    .contains("CapEff:\t000000c000000000")
                    .contains("CapBnd:\t000000c000000000")
                    .contains("NoNewPrivs:\t1");

            student.getOutputStream().close();
            assertThat(student.waitFor()).isZero();

            await(procmon, log, "USER_BINARY early ok");
            await(procmon, log, "USER_BINARY late ok");
        } finally {
            student.destroyForcibly().waitFor();
            procmon.destroy();
            procmon.waitFor();
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "PROCMON_HOSTNAME_PREFIX", prefix,
                "PROCMON_PRINT", "true",
                "PROMETHEUS_PORT", "0",
                "QUARKUS_HTTP_PORT", "0");
    }

    private static void await(Process procmon, Path log, String text) throws IOException {
        Instant deadline = Instant.now().plus(DEADLINE);
        while (!squeezed(log).contains(text)) {
            assertThat(procmon.isAlive()).as(Files.readString(log)).isTrue();
            assertThat(Instant.now()).as(Files.readString(log)).isBefore(deadline);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    /** Replaces the spaces that align the columns by one space. */
    private static String squeezed(Path log) throws IOException {
        return Files.readString(log, UTF_8).replaceAll(" +", " ");
    }
}
