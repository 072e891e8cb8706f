package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One container's storm of programs costs that container its events, and nobody else. */
@Live
class FairnessIT {

    private static final int STORM = 20_000;
    private static final int BUILDS = 20;

    @Test
    void forkBomb_isThrottled_countedAndTold_andCostsTheOtherContainerNothing(Lab lab) {
        var backend = lab.receiver();
        var prefix = lab.ownPrefix();
        var procmon = lab.procmon(
                prefix, backend, Map.of("PROCMON_KERNEL_EXEC_RATE", "100", "PROCMON_KERNEL_EXEC_BURST", "500"));
        var bomber = lab.container(prefix + lab.nextStudent())
                .install("hw1/tiny", lab.programs().tiny())
                .install("repeat", lab.programs().repeat());
        var other = Samples.in(lab.container(prefix + lab.nextStudent()), lab.programs());

        var storm = bomber.start("hw1", "../repeat", "./tiny", Integer.toString(STORM));
        procmon.metricsWhere("the storm is held back", it -> it.of("procmon_containers_throttled") == 1);
        for (int build = 0; build < BUILDS; build++) {
            other.run("hw1", "gcc", "-o", "main", "main.c");
        }
        assertThat(storm.end().exitCode()).isZero();
        var metrics = procmon.metricsWhere(
                "the storm is over, and everything is delivered",
                it -> it.of("procmon_containers_throttled") == 0 && it.complete() && it.allDecided());

        assertThat(other.eventsAt(backend))
                .extracting(Event::summary)
                .isEqualTo(Collections.nCopies(BUILDS, "hw1 build GCC 0 " + StudentContainer.PROJECT + "/hw1/main.c"));
        long skipped = metrics.of("procmon_kernel_losses_total", "cause", "exec_throttled");
        assertThat(skipped).isPositive().isEqualTo(metrics.of("procmon_kernel_losses_total"));
        assertThat(backend.events())
                .filteredOn(event -> event.text("target_path").endsWith("/tiny"))
                .hasSize(Math.toIntExact(STORM - skipped));
        assertThat(procmon.log())
                .contains("starts more than 100 programs a second")
                .contains("starts fewer programs again: %d of its programs were skipped".formatted(skipped));
    }
}
