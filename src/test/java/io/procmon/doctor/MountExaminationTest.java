package io.procmon.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.doctor.Finding.Verdict;
import io.procmon.procfs.NetworkMounts;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountExaminationTest {

    @Test
    void nodeWithoutNetworkFileSystems_isFine() {
        assertThat(finding(0)).isEqualTo(Finding.ok("mounts", "no network file system"));
    }

    @Test
    void allAnswer_isFine() {
        assertThat(finding(2)).isEqualTo(Finding.ok("mounts", "2 network file systems answer"));
    }

    @Test
    void oneIsSilent_isNamed() {
        assertThat(finding(2, "/srv/homes")).satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(Verdict.DEGRADED);
            assertThat(finding.observation()).endsWith("/srv/homes");
        });
    }

    private static Finding finding(int mounts, String... silent) {
        return new MountExamination(() -> new NetworkMounts.Examination(mounts, List.of(silent))).finding();
    }
}
