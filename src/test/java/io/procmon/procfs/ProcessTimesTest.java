package io.procmon.procfs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.events.ImageKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessTimesTest {

    private static final long NANOS_PER_TICK = 10_000_000;

    @Test
    void nameWithBlanksAndBrackets_movesNoField() {
        ProcessStat stat = ProcessStat.parse(
                        "7 (a) R (b) S 1 7 7 0 -1 4194560 100 0 0 0 150 50 0 0 20 0 1 0 4711 1000 1 2 3"
                                .getBytes(US_ASCII))
                .orElseThrow();

        assertThat(stat.cpu()).isEqualTo(Duration.ofSeconds(2));
        assertThat(stat.isOf(new ImageKey(7, 4711 * NANOS_PER_TICK + 1, 3))).isTrue();
        assertThat(stat.isOf(new ImageKey(7, 4712 * NANOS_PER_TICK, 3))).isFalse();
    }

    @Test
    void lineThatIsCutOff_saysNothing() {
        assertThat(ProcessStat.parse("7 (a) S 1 7".getBytes(US_ASCII))).isEmpty();
    }

    @Test
    void processThatRuns_hasUsedProcessorTime() throws IOException {
        ImageKey self = self();

        assertThat(ProcessTimes.cpu(self))
                .hasValueSatisfying(cpu -> assertThat(cpu)
                        .isGreaterThan(Duration.ZERO)
                        .isLessThanOrEqualTo(ProcessHandle.current()
                                .info()
                                .totalCpuDuration()
                                .orElseThrow()
                                .plusMillis(10)));
    }

    @Test
    void processThatHasTheNumberNow_isNotTheOneThatHadIt() throws IOException {
        ImageKey before = new ImageKey(self().tgid(), self().startNanos() - NANOS_PER_TICK, 1);

        assertThat(ProcessTimes.cpu(before)).isEmpty();
        assertThat(ProcessTimes.cpu(new ImageKey(0, 0, 1))).isEmpty();
    }

    private static ImageKey self() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"), US_ASCII);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new ImageKey((int) ProcessHandle.current().pid(), Long.parseLong(fields[19]) * NANOS_PER_TICK, 1);
    }
}
