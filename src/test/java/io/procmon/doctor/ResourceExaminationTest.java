package io.procmon.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.doctor.Finding.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceExaminationTest {

    private static final long KERNEL_BYTES = 8L << 20;
    private static final long BURST_BYTES = 4 << 20;
    private static final long PROCESS_BYTES = 48L << 20;
    private static final long TIGHT = 40L << 20;
    private static final long AMPLE = 64L << 20;

    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource({
        "/sys/fs/cgroup/cgroup.controllers,         OK,       version 2",
        "/sys/fs/cgroup/unified/cgroup.controllers, OK,       versions 1 and 2 side by side",
        "/sys/fs/cgroup/memory/tasks,               OK,       version 1",
        "/sys/elsewhere,                            DEGRADED, none is visible here"
    })
    void controlGroups_areOfAnyVersion(String file, Verdict verdict, String observation) {
        Finding finding =
                examination(new MachineExtract(root).with(file, "cpu memory")).controlGroups();

        assertThat(finding.verdict()).isEqualTo(verdict);
        assertThat(finding.observation()).isEqualTo(observation);
    }

    @Test
    void limitOfAnyAncestor_counts() {
        MachineExtract extract = new MachineExtract(root)
                .with("/proc/self/cgroup", "0::/kubepods/pod1/c1")
                .with("/sys/fs/cgroup/kubepods/pod1/c1/memory.max", "max")
                .with("/sys/fs/cgroup/kubepods/pod1/memory.max", Long.toString(TIGHT))
                .with("/sys/fs/cgroup/kubepods/memory.max", Long.toString(AMPLE));

        Finding finding = examination(extract).memory();

        assertThat(finding.verdict()).isEqualTo(Verdict.DEGRADED);
        assertThat(finding.observation())
                .isEqualTo("limited to 40 MiB; 60 MiB are needed, 8 of them by the kernel's maps, 4 in bursts");
        assertThat(finding.remedy()).contains("procmon.kernel.ring-size");
    }

    @Test
    void container_seesItsLimitAtTheTop() {
        MachineExtract extract = new MachineExtract(root)
                .with("/proc/self/cgroup", "0::/")
                .with("/sys/fs/cgroup/memory.max", Long.toString(AMPLE));

        assertThat(examination(extract).memory()).satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(Verdict.OK);
            assertThat(finding.observation()).startsWith("limited to 64 MiB");
        });
    }

    @Test
    void jvm_needsWhatItWasMeasuredToNeed() {
        ResourceExamination examination =
                new ResourceExamination(new MachineExtract(root).machine(), KERNEL_BYTES, BURST_BYTES);

        assertThat(examination.memory().observation()).contains("220 MiB are needed");
    }

    @Test
    void noLimit_isEnough() {
        assertThat(examination(new MachineExtract(root)).memory().observation()).startsWith("no limit");
    }

    private static ResourceExamination examination(MachineExtract extract) {
        return new ResourceExamination(extract.machine(), KERNEL_BYTES, BURST_BYTES, PROCESS_BYTES);
    }
}
