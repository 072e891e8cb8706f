package io.procmon.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.bpf.KernelCounters;
import io.procmon.bpf.Loss;
import io.procmon.bpf.Occupancy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossReportTest {

    private final LossReport report = new LossReport();

    @Test
    void newLosses_areToldOnce_byTheirCause() {
        KernelCounters counters = lost(Map.of(Loss.EXEC_RING_FULL, 3L, Loss.RECURSION, 1L));

        assertThat(report.since(counters))
                .contains("lost events: 3 by exec_ring_full, 1 by recursion;"
                        + " all of them are counted in procmon_kernel_losses_total");
        assertThat(report.since(counters)).isEmpty();
    }

    @Test
    void laterLosses_areToldWithoutTheEarlierOnes() {
        report.since(lost(Map.of(Loss.EXEC_RING_FULL, 3L)));

        assertThat(report.since(lost(Map.of(Loss.EXEC_RING_FULL, 5L))))
                .hasValueSatisfying(line -> assertThat(line).startsWith("lost events: 2 by exec_ring_full;"));
    }

    @Test
    void whatAThrottledContainerStarts_isToldElsewhere() {
        assertThat(report.since(lost(Map.of(Loss.EXEC_THROTTLED, 7L, Loss.EXEC_CROWDED, 3L))))
                .isEmpty();
    }

    private static KernelCounters lost(Map<Loss, Long> losses) {
        return new KernelCounters(
                0, 0, 0, Occupancy.NONE, Occupancy.NONE, Occupancy.NONE, Occupancy.NONE, 0, losses, Map.of());
    }
}
