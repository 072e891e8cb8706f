package io.procmon.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.doctor.Finding.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelExaminationTest {

    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource({
        "5.10.0-32-amd64, MISSING",
        "5.15.0-119-generic, DEGRADED",
        "5.16.20, DEGRADED",
        "5.17.0, OK",
        "6.1.0-32-cloud-amd64, OK",
        "6.18.44, OK",
        "10.0-rc1, OK",
        "mainline, OK"
    })
    void release_decidesHowMuchWorks(String release, Verdict verdict) {
        MachineExtract extract = new MachineExtract(root).with("/proc/sys/kernel/osrelease", release);

        assertThat(finding(extract, "kernel").verdict()).isEqualTo(verdict);
        assertThat(finding(extract, "kernel").observation()).startsWith(release);
    }

    @Test
    void kernelBuiltWithoutBtf_isNamedByItsOption() {
        MachineExtract extract = new MachineExtract(root)
                .with("/proc/sys/kernel/osrelease", "6.1.0")
                .with("/boot/config-6.1.0", """
                        CONFIG_BPF_SYSCALL=y
                        # CONFIG_DEBUG_INFO_BTF is not set
                        CONFIG_BPF_EVENTS=y
                        CONFIG_UTS_NS=y
                        CONFIG_CGROUPS=y""");

        assertThat(finding(extract, "configuration").verdict()).isEqualTo(Verdict.MISSING);
        assertThat(finding(extract, "configuration").observation()).isEqualTo("lacks CONFIG_DEBUG_INFO_BTF");
        assertThat(finding(extract, "btf").verdict()).isEqualTo(Verdict.MISSING);
    }

    @Test
    void unpublishedConfiguration_isNoProblem() {
        assertThat(finding(new MachineExtract(root), "configuration").verdict()).isEqualTo(Verdict.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "[none] integrity confidentiality, OK",
        "none [integrity] confidentiality, OK",
        "none integrity [confidentiality], MISSING"
    })
    void lockdown_forbidsWatchingInItsStrictestMode(String modes, Verdict verdict) {
        MachineExtract extract = new MachineExtract(root).with("/sys/kernel/security/lockdown", modes);

        assertThat(finding(extract, "lockdown").verdict()).isEqualTo(verdict);
    }

    @Test
    void securityModules_areNamed() {
        MachineExtract extract = new MachineExtract(root).with("/sys/kernel/security/lsm", "lockdown,apparmor,bpf");

        assertThat(finding(extract, "lsm").observation()).isEqualTo("lockdown,apparmor,bpf");
    }

    private static Finding finding(MachineExtract extract, String subject) {
        return new KernelExamination(extract.machine())
                .findings().stream()
                        .filter(finding -> finding.subject().equals(subject))
                        .findFirst()
                        .orElseThrow();
    }
}
