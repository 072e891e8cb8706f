package io.procmon.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.ArtefactUnderTest;
import io.procmon.Prerequisites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    /** Half of the verifier's limit. So the test fails long before a kernel refuses a program. */
    private static final long INSTRUCTIONS_MAX = 500_000;

    private static Path initramfs;

    @TempDir
    Path directory;

    @BeforeAll
    static void pack(@TempDir Path directory) {
        Prerequisites.programs("qemu-system-x86_64", "busybox", "gcc", "ldd");
        Command.run("gcc", "-O1", "-static", "-pthread", "-o", directory + "/ends", "src/test/c/ends.c");
        initramfs = directory.resolve("initramfs");
        Command.run(
                "src/test/sh/vm/initramfs",
                ArtefactUnderTest.path().toString(),
                directory.toString(),
                initramfs.toString());
    }

    static List<Path> kernels() throws IOException {
        Prerequisites.require(Files.isDirectory(KERNELS), "there are no kernels in " + KERNELS);
        try (Stream<Path> kernels = Files.list(KERNELS)) {
            return kernels.sorted().toList();
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
}
