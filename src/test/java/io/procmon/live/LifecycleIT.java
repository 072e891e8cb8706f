package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.ArtefactUnderTest;
import io.procmon.Prerequisites;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Start-up, failed starts, and stopping. */
@Live
class LifecycleIT {

    @Test
    void nobody_isToldWhichPrivilegesAreMissing_andGetsExitStatus77(Lab lab) {
        Prerequisites.programs("setpriv");
        var directory = lab.newDirectory();
        var artefact = forEverybody(ArtefactUnderTest.path(), directory);

        var procmon = lab.keep(Service.launch(
                List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
                artefact,
                directory.resolve("log"),
                Map.of("PROCMON_HOSTNAME_PREFIX", lab.ownPrefix(), "HOME", "/")));

        assertThat(procmon.exitStatus()).as(procmon.log()).isEqualTo(77);
        assertThat(procmon.log())
                .contains("CAP_BPF and CAP_PERFMON")
                .contains("run it as root")
                .contains("--cap-add BPF");
    }

    @Test
    void wrongConfiguration_isNamed_andGetsExitStatus64(Lab lab) {
        var procmon = lab.keep(Service.launch(
                List.of(),
                ArtefactUnderTest.path(),
                lab.newDirectory().resolve("log"),
                Map.of("PROCMON_HOSTNAME_PREFIX", "much-too-long-for-a-prefix")));

        assertThat(procmon.exitStatus()).as(procmon.log()).isEqualTo(64);
        assertThat(procmon.log()).contains("procmon: configuration: ").containsIgnoringCase("prefix");
    }

    @Test
    void start_warnsOfNothing(Lab lab) {
        var procmon = lab.procmon(lab.ownPrefix(), lab.receiver(), Map.of());

        assertThat(procmon.log()).contains("watching: kernel").doesNotContain("WARN");
    }

    @Test
    void variablesOfAContainerRuntime_getAWarning_andTheServiceStarts(Lab lab) {
        var procmon = lab.procmon(
                lab.ownPrefix(),
                lab.receiver(),
                Map.of("PROCMON_SERVICE_HOST", "10.0.0.7", "PROCMON_PORT_9090_TCP", "tcp://10.0.0.7:9090"));

        assertThat(procmon.log())
                .contains("watching: kernel")
                .contains("PROCMON_SERVICE_HOST is set")
                .contains("PROCMON_PORT_9090_TCP is set")
                .doesNotContain("10.0.0.7");
    }

    @Test
    void sigterm_deliversWhatWasSeen_andEndsWith143(Lab lab) {
        var backend = lab.receiver();
        var prefix = lab.ownPrefix();
        var procmon = lab.procmon(prefix, backend, Map.of("PROCMON_STOP_TIMEOUT", "60s"));
        var student = Samples.in(lab.container(prefix + lab.nextStudent()), lab.programs());

        backend.hold();
        for (int run = 0; run < 50; run++) {
            student.run("hw1", "./ends", "exit", Integer.toString(run));
        }
        procmon.terminate();
        backend.release();

        assertThat(procmon.exitStatus()).as(procmon.log()).isEqualTo(143);
        assertThat(backend.events())
                .extracting(event -> event.number("exit_code"))
                .containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
    }

    /** Copies the artefact to a directory that every user can read. */
    private static Path forEverybody(Path artefact, Path directory) {
        boolean jar = artefact.toString().endsWith(".jar");
        Path source = jar ? artefact.getParent() : artefact;
        Path copy = directory.resolve(source.getFileName());
        Shell.run("cp", "-r", source.toString(), copy.toString());
        Shell.run("chmod", "-R", "a+rX", directory.getParent().toString());
        return jar ? copy.resolve(artefact.getFileName()) : copy;
    }
}
