package io.procmon.handlers;

import static io.procmon.Classroom.CONTAINER;
import static io.procmon.Classroom.exec;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.events.Classified;
import io.procmon.process.ContainerOwner;
import io.procmon.process.ProcessType;
import io.procmon.process.Student;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnrichmentHandlerTest {

    private static final Student ALICE = new Student("os", "1", "202012180");

    private final EnrichmentHandler handler = new EnrichmentHandler(Classroom.NODE);

    @Test
    void process_isAttributedToItsOwnerContainerAndNode() {
        var owner = new ContainerOwner(ALICE, Classroom.HOSTNAME, Optional.of("bob"), Optional.of(CONTAINER));

        var outcome = handler.apply(
                new Classified(exec(1, "/home/coder/project/hw1/main", "./main"), owner, new ProcessType.UserBinary()));

        assertThat(outcome.proceeding()).hasValueSatisfying(attributed -> {
            assertThat(attributed.containerId()).contains(CONTAINER);
            assertThat(attributed.node()).isEqualTo(Classroom.NODE);
            assertThat(attributed.student()).isEqualTo(ALICE);
            assertThat(attributed.hostnameClaimed()).contains("bob");
        });
    }
}
