package io.procmon.handlers;

import static io.procmon.Classroom.CONTAINER;
import static io.procmon.Classroom.exec;
import static io.procmon.Classroom.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.events.Classified;
import io.procmon.process.ProcessType;
import io.procmon.process.Student;
import org.junit.jupiter.api.Test;

class EnrichmentHandlerTest {

    private static final String DOCKER = "/system.slice/docker-" + CONTAINER + ".scope";
    private static final Student ALICE = new Student("os", "1", "202012180");
    private static final Student BOB = new Student("os", "1", "202012181");

    private final EnrichmentHandler handler = new EnrichmentHandler(Classroom.NODE);

    @Test
    void processInAContainer_isAttributedToContainerAndNode() {
        assertThat(handler.apply(by(ALICE, DOCKER)).proceeding()).hasValueSatisfying(attributed -> {
            assertThat(attributed.containerId()).contains(CONTAINER);
            assertThat(attributed.node()).isEqualTo(Classroom.NODE);
            assertThat(attributed.student()).isEqualTo(ALICE);
        });
    }

    @Test
    void processOutsideOfAnyContainer_goesOnWithoutOne() {
        assertThat(handler.apply(by(ALICE, "/user.slice")).proceeding())
                .hasValueSatisfying(
                        attributed -> assertThat(attributed.containerId()).isEmpty());
    }

    @Test
    void anotherStudentsHostnameInAContainer_isLetGo() {
        handler.apply(by(ALICE, DOCKER));

        assertThat(handler.apply(by(BOB, DOCKER))).isEqualTo(Outcome.stop(Reason.HOSTNAME_CHANGED));
        assertThat(handler.apply(by(ALICE, DOCKER)).proceeding()).isPresent();
    }

    @Test
    void studentsOutsideOfContainers_doNotGetInEachOthersWay() {
        handler.apply(by(ALICE, "/user.slice"));

        assertThat(handler.apply(by(BOB, "/user.slice")).proceeding()).isPresent();
    }

    @Test
    void containerIdleLongest_isForgottenFirst() {
        handler.apply(by(ALICE, DOCKER));
        for (int i = 0; i < 4096; i++) {
            handler.apply(by(ALICE, "/docker/%064x".formatted(i)));
        }

        assertThat(handler.apply(by(BOB, "/docker/%064x".formatted(4095))))
                .isEqualTo(Outcome.stop(Reason.HOSTNAME_CHANGED));
        assertThat(handler.apply(by(BOB, DOCKER)).proceeding()).isPresent();
    }

    private static Classified by(Student student, String cgroup) {
        return new Classified(
                exec(Classroom.HOSTNAME, cgroup, image(1, 1), "/home/coder/project/hw1/main", "./main"),
                student,
                new ProcessType.UserBinary());
    }
}
