package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A burst that exceeds the smallest ring: starts may be lost and are counted; ends are never lost. */
@Live
class LossIT {

    private static final int RUNS = 3000;

    @Test
    void fullRing_losesBeginnings_countsThem_andLosesNoEnd(Lab lab) {
        var backend = lab.receiver();
        var prefix = lab.ownPrefix();
        var procmon = lab.procmon(prefix, backend, Map.of("PROCMON_KERNEL_RING_SIZE", "64K"));
        var student = lab.container(prefix + lab.nextStudent())
                .install("hw1/tiny", lab.programs().tiny())
                .install("repeat", lab.programs().repeat());

        procmon.freeze();
        assertThat(student.run("hw1", "../repeat", "./tiny", Integer.toString(RUNS))
                        .exitCode())
                .isZero();
        procmon.thaw();
        var metrics = procmon.metricsWhere(
                "every process is accounted for",
                it -> it.received() + lost(it) == RUNS + LOAD_AND_CONTAINER
                        && it.complete()
                        && it.of("procmon_activities_running") == 0
                        && it.allDecided());

        assertThat(metrics.of("procmon_kernel_losses_total"))
                .as("lost by the ring and by the shares of the container")
                .isEqualTo(lost(metrics))
                .isPositive();
        assertThat(metrics.stopped("end_unseen")).as("no end is lost").isZero();
        assertThat(metrics.of("procmon_kernel_parked_exits_total")).isPositive();
        assertThat(metrics.of("procmon_process_images_without_begin_total")).isPositive();
        assertThat(backend.events()).hasSize((int) metrics.events());
        assertThat(backend.events())
                .extracting(event -> event.list("arguments").getLast())
                .doesNotHaveDuplicates();
    }

    /** The container's first process, and the process that starts the runs. */
    private static final int LOAD_AND_CONTAINER = 2;

    /**
     * Exits that find the ring full keep their place in the table of processes, of which a container has a share. The last
     * quarter of the ring is for containers that have started few programs.
     */
    private static long lost(Metrics metrics) {
        return Stream.of("exec_ring_full", "exec_crowded", "exec_throttled")
                .mapToLong(cause -> metrics.of("procmon_kernel_losses_total", "cause", cause))
                .sum();
    }
}
