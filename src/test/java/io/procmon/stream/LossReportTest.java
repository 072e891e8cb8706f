package io.procmon.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.bpf.KernelLosses;
import io.procmon.bpf.Loss;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossReportTest {

    private final LossReport report = new LossReport();

    @Test
    void newLosses_areToldOnce_byTheirCause() {
        KernelLosses losses = lost(Map.of(Loss.EXEC_RING_FULL, 3L, Loss.RECURSION, 1L));

        assertThat(report.since(losses))
                .contains("lost events: 3 by exec_ring_full, 1 by recursion;"
                        + " all of them are counted in procmon_kernel_losses_total");
        assertThat(report.since(losses)).isEmpty();
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

    private static KernelLosses lost(Map<Loss, Long> losses) {
        return new KernelLosses(losses);
    }
}
