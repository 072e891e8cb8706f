package io.procmon.live;

import static io.procmon.live.StudentContainer.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Facts that only a real container runtime shows: its ids, namespaces, overlay and restrictions. */
@Live
class DockerIT {

    private DockerEngine docker;

    @BeforeEach
    void startDocker(Lab lab) {
        lab.procmon();
        docker = lab.keep(DockerEngine.start(lab.newDirectory(), lab.programs()));
    }

    @Test
    void container_isKnownByItsId(Lab lab) {
        var student = mounted(lab);

        var compiled = student.run("hw1", "gcc", "-o", "main", "main.c");
        student.run("hw1", "python3", "exit3.py");

        var events = lab.events(student);
        assertThat(events)
                .extracting(Event::summary)
                .containsExactly(
                        "hw1 build GCC 0 " + PROJECT + "/hw1/main.c", "hw1 run PYTHON 3 " + PROJECT + "/hw1/exit3.py");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.text("container_id")).isEqualTo(student.id()).hasSize(64);
            assertThat(event.text("hostname")).isEqualTo(student.hostname());
            assertThat(event.text("cwd")).isEqualTo(PROJECT + "/hw1");
        });
        assertThat(events.getFirst().pid()).isEqualTo(compiled.pid());
    }

    @Test
    void programInTheContainersOverlay_isTracedBackToItsBuild(Lab lab) {
        var student =
                Samples.in(lab.keep(docker.withProjectOfItsOwn(lab.prefix() + lab.nextStudent())), lab.programs());

        student.run("hw1", "gcc", "-o", "main", "main.c");
        student.run("hw1", "./main");

        var events = lab.events(student);
        assertThat(events)
                .extracting(Event::summary)
                .containsExactly(
                        "hw1 build GCC 0 " + PROJECT + "/hw1/main.c", "hw1 run USER_BINARY 0 " + PROJECT + "/hw1/main");
        assertThat(events.getLast().text("built_by"))
                .isEqualTo(events.getFirst().text("event_id"));
    }

    @Test
    void studentWithoutPrivileges_cannotTakeAnothersHostname(Lab lab) {
        var student = mounted(lab);

        var attempt = student.run("hw1", "hostname", lab.prefix() + lab.nextStudent());
        student.run("hw1", "./ends", "exit", "3");

        assertThat(attempt.exitCode()).isNotZero();
        assertThat(lab.events(student))
                .singleElement()
                .extracting(Event::student)
                .isEqualTo(student.hostname().replaceAll(".*-", ""));
    }

    private StudentContainer mounted(Lab lab) {
        return Samples.in(
                lab.keep(docker.withMountedProject(lab.prefix() + lab.nextStudent(), lab.newDirectory())),
                lab.programs());
    }
}
