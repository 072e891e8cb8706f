package io.procmon.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.doctor.Finding.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivilegeExaminationTest {

    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "000000c000000000 | 40 | OK      | CAP_BPF, CAP_PERFMON",
                "000001ffffffffff | 40 | OK      | CAP_BPF, CAP_PERFMON",
                "0000000000200000 | 40 | OK      | CAP_SYS_ADMIN",
                "0000008000000000 | 40 | MISSING | lacks CAP_PERFMON",
                "0000004000000000 | 40 | MISSING | lacks CAP_BPF",
                "0000000000000000 | 40 | MISSING | lacks CAP_BPF and CAP_PERFMON",
                "0000000000200000 | 37 | OK      | CAP_SYS_ADMIN",
                "0000000000000000 | 37 | MISSING | lacks CAP_SYS_ADMIN"
            })
    void capabilities_areThoseThatTheKernelKnows(String effective, String last, Verdict verdict, String observation) {
        MachineExtract extract = new MachineExtract(root)
                .with("/proc/self/status", "Name:\tprocmon\nCapEff:\t" + effective)
                .with("/proc/sys/kernel/cap_last_cap", last);

        Finding finding = new PrivilegeExamination(extract.machine()).finding();

        assertThat(finding.verdict()).isEqualTo(verdict);
        assertThat(finding.observation()).isEqualTo(observation);
        assertThat(finding.remedy().isEmpty()).isEqualTo(verdict == Verdict.OK);
    }
}
