package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** If one container starts very many programs, it loses its own events only. */
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

    @Test
    void largeCommandLines_costTheOtherContainerNothing(Lab lab) {
        var backend = lab.receiver();
        var prefix = lab.ownPrefix();
        var procmon = lab.procmon(prefix, backend, Map.of());
        var attacker = Samples.in(lab.container(prefix + lab.nextStudent()), lab.programs());
        var other = Samples.in(lab.container(prefix + lab.nextStudent()), lab.programs());

        var storm = attacker.start(
                "hw1", "sh", "-c", "a=$(printf '%032000d' 0); for i in $(seq 1500); do ./ends exit 3 $a; done; exit 0");
        for (int run = 0; run < BUILDS; run++) {
            other.run("hw1", "gcc", "-o", "main", "main.c");
        }
        storm.end();
        var metrics = procmon.metricsWhere("everything is delivered", it -> it.complete() && it.allDecided());

        assertThat(other.eventsAt(backend)).hasSize(BUILDS);
        assertThat(metrics.of("procmon_kernel_losses_total"))
                .as("only what the attacker started")
                .isEqualTo(metrics.of("procmon_kernel_losses_total", "cause", "exec_throttled")
                        + metrics.of("procmon_kernel_losses_total", "cause", "exec_over_share"));
    }

    @Test
    void sleepers_takeTheirPlacesOnly_andTheLimitIsLogged(Lab lab) {
        var backend = lab.receiver();
        var prefix = lab.ownPrefix();
        var procmon = lab.procmon(prefix, backend, Map.of("PROCMON_KERNEL_PROCESSES", "512"));
        var attacker = Samples.in(lab.container(prefix + lab.nextStudent()), lab.programs());
        var other = lab.container(prefix + lab.nextStudent())
                .install("hw1/tiny", lab.programs().tiny())
                .install("repeat", lab.programs().repeat());
        attacker.write("hw1/wait", "");

        var sleepers =
                attacker.start("hw1", "sh", "-c", "for i in $(seq 400); do ./ends when-gone wait 0 & done; wait");
        procmon.metricsWhere(
                "the limit is reached", it -> it.of("procmon_kernel_losses_total", "cause", "exec_crowded") > 200);
        other.run("hw1", "../repeat", "./tiny", "300");
        Shell.run("rm", attacker.file("hw1/wait").toString());
        sleepers.end();

        assertThat(other.eventsAt(backend)).hasSize(300);
        assertThat(procmon.log()).contains("runs as many programs at a time as one container may");
        assertThat(procmon.metrics().of("procmon_kernel_losses_total", "cause", "exec_table_full"))
                .isZero();
    }

    @Test
    void manyProcessesThatRunAtTheStart_areAllTakenIn(Lab lab) {
        var backend = lab.receiver();
        var prefix = lab.ownPrefix();
        var deep = "hw1/" + ("d".repeat(199) + "/").repeat(18);
        var student = lab.container(prefix + lab.nextStudent())
                .install(deep + "ends", lab.programs().ends())
                .write(deep + "wait", "");
        var sleepers = student.start(
                deep, "sh", "-c", "for i in $(seq 300); do ./ends when-gone wait 0 & done; echo >all; wait");
        Await.until("all run", () -> Files.exists(student.file(deep + "all")));

        var procmon = lab.procmon(prefix, backend, Map.of("PROCMON_KERNEL_RING_SIZE", "256K"));
        Shell.run("rm", student.file(deep + "wait").toString());
        sleepers.end();

        assertThat(student.eventsAt(backend)).hasSize(300).allMatch(event -> event.is("taken_in"));
        assertThat(procmon.metrics().of("procmon_kernel_losses_total")).isZero();
    }
}
