package io.procmon.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import io.procmon.ArtefactUnderTest;
import io.procmon.Prerequisites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the native executable in virtual machines, on the kernels of other distributions. {@code ./dev} downloads the
 * kernels. The student's own shell is the oracle.
 */
@Tag("kernels")
class KernelIT {

    private static final Path KERNELS = Path.of("target/kernels");

    /** A directory for one of the kernels. */
    private static final Path MODULES = Path.of("target/modules");

    /** Half of the verifier's limit. So the test fails long before a kernel refuses a program. */
    private static final long INSTRUCTIONS_MAX = 500_000;

    /** A foreign write: 120 ns at two instructions a nanosecond. */
    private static final double FOREIGN_WRITE_MAX = 240;

    /** A write that is captured. */
    private static final double CAPTURED_WRITE_MAX = 2_400;

    /** The clock of the machine has a frequency that the kernel has measured. */
    private static final double CLOCK_ERROR = 2;

    private static Path initramfs;

    @TempDir
    Path directory;

    @BeforeAll
    static void pack(@TempDir Path directory) throws IOException {
        Prerequisites.programs("qemu-system-x86_64", "busybox", "gcc", "tcc", "ldd");
        Command.run("gcc", "-O1", "-static", "-pthread", "-o", directory + "/ends", "src/test/c/ends.c");
        Command.run("gcc", "-O1", "-static", "-o", directory + "/calls", "src/test/c/calls.c");
        initramfs = directory.resolve("initramfs");
        Command.run(
                "src/test/sh/vm/initramfs",
                ArtefactUnderTest.path().toString(),
                directory.toString(),
                modules().toString(),
                initramfs.toString());
    }

    static List<Path> kernels() throws IOException {
        return entries(KERNELS);
    }

    /** The directory of the modules, with the name of their kernel. */
    private static Path modules() throws IOException {
        return entries(MODULES).getFirst();
    }

    private static List<Path> entries(Path directory) throws IOException {
        Prerequisites.require(Files.isDirectory(directory), "there is no " + directory);
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void reportedOutcomes_areThoseOfTheStudentsShell(Path kernel) throws IOException {
        Report report = Report.of(VirtualMachine.run(kernel, initramfs, "outcomes", directory));

        System.out.printf(
                "%n%s: instructions that the verifier looked at: %s%n", report.kernel(), report.instructions());
        assertThat(report.inVain()).as(report.toString()).isEmpty();
        assertThat(report.reported()).hasSizeGreaterThan(20).isEqualTo(report.ended());
        assertThat(report.reportedText()).isEqualTo(report.said()).containsExactly("one", "two three", "four");
        assertThat(report.crashes()).as("crash and abort").isGreaterThanOrEqualTo(2);
        assertThat(report.containers()).containsOnly("%064d".formatted(42));
        assertThat(report.losses()).isNotEmpty().allMatch(loss -> loss.endsWith(" 0.0"));
        assertThat(report.instructions().values()).hasSize(4).allMatch(count -> count < INSTRUCTIONS_MAX);
        assertThat(report.status()).isEqualTo("143");
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void instructionsOfTheCapture_areWithinTheirLimits(Path kernel) throws IOException {
        Report report = Report.of(VirtualMachine.runCounting(kernel, initramfs, "cost", directory));

        Map<String, Double> without = report.calls("without");
        Map<String, Double> foreign = report.calls("foreign");
        Map<String, Double> student = report.calls("student");
        System.out.printf(
                "%n%s: instructions of a call without procmon %s, foreign %s, student %s%n",
                report.kernel(), without, foreign, student);
        assertThat(report.inVain()).as(report.toString()).isEmpty();
        assertThat(without.get("loop")).as("two instructions a round").isCloseTo(2_000, offset(20.0));
        assertThat(foreign.get("getppid")).isCloseTo(without.get("getppid"), offset(CLOCK_ERROR));
        assertThat(List.of("write", "writev", "stderr"))
                .allSatisfy(call -> assertThat(foreign.get(call) - without.get(call))
                        .as(call)
                        .isBetween(CLOCK_ERROR, FOREIGN_WRITE_MAX));
        assertThat(student.get("stderr") - without.get("stderr")).isBetween(FOREIGN_WRITE_MAX, CAPTURED_WRITE_MAX);
        assertThat(report.status()).isEqualTo("143");
    }

    /** The clock of the machine cannot be changed, so this test needs its own virtual machine. */
    @Test
    void clockThatIsAheadForSomeSeconds_losesNoWaitingActivity() throws IOException {
        Report report = Report.of(VirtualMachine.run(kernels().getLast(), initramfs, "clock", directory));

        assertThat(report.inVain()).as(report.toString()).isEmpty();
        assertThat(report.about("kept")).isEqualTo(report.ended());
        assertThat(report.about("delivered")).isEqualTo(report.ended());
        assertThat(report.about("metric")).isNotEmpty().allMatch(metric -> metric.endsWith(" 0.0"));
        assertThat(report.status()).isEqualTo("143");
    }

    /** A real server and a real mount need a kernel that the test may block. */
    @Test
    void nfsServerThatStopsToAnswer_delaysNoOtherStudent() throws IOException {
        Path kernel = KERNELS.resolve(modules().getFileName());

        Report report = Report.of(VirtualMachine.run(kernel, initramfs, "nfs", directory));

        assertThat(report.inVain()).as(report.toString()).isEmpty();
        assertThat(report.reported())
                .isEqualTo(report.ended())
                .extracting(activity -> activity.substring(activity.lastIndexOf('/') + 1))
                .containsExactly("main.c", "main", "other.c", "ends");
        JsonNode build = report.activities().get(0);
        assertThat(build.required("source_bytes").asInt()).isPositive();
        JsonNode run = report.activities().get(1);
        assertThat(run.required("built_by")).isEqualTo(build.required("event_id"));
        assertThat(run.required("source_files")).isEqualTo(build.required("source_files"));
        assertThat(report.about("doctor"))
                .singleElement()
                .asString()
                .contains("no answer from the network file system at /workspace");
        assertThat(report.about("metric"))
                .contains("procmon_mounts_silent 1.0")
                .doesNotContain("procmon_mounts_deadlines_missed_total 0.0");
        assertThat(report.status()).isEqualTo("143");
    }
}
