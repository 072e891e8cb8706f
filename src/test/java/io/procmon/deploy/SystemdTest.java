package io.procmon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Checks the systemd unit. */
class SystemdTest {

    private static final Tool SYSTEMD_ANALYZE = new Tool("systemd-analyze", "systemd");
    private static final Path UNIT = Manifests.HOME.resolve("systemd/procmon.service");

    @Test
    void exposure_isAtMostWhatIsDocumented() throws Exception {
        // 2.0 of 10; a daemon without restrictions has 9.6.
        Tool.Verdict verdict = SYSTEMD_ANALYZE.run(
                "security",
                "--offline=yes",
                "--threshold=20",
                UNIT.toAbsolutePath().toString());

        assertThat(verdict.status()).as(verdict.output()).isZero();
        assertThat(verdict.output()).contains("Overall exposure level for procmon.service");
    }

    @Test
    void procmon_hasTwoCapabilitiesAndNoMore() throws Exception {
        assertThat(Files.readAllLines(UNIT))
                .contains(
                        "AmbientCapabilities=CAP_BPF CAP_PERFMON",
                        "CapabilityBoundingSet=CAP_BPF CAP_PERFMON",
                        "NoNewPrivileges=yes");
    }
}
