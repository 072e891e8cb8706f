package io.procmon.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ControlGroupTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/process/control-groups.csv", delimiter = '|', numLinesToSkip = 1)
    void path_namesTheInnermostContainer(String path, String container) {
        assertThat(new ControlGroup(path, 1).containerId()).isEqualTo(Optional.ofNullable(container));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/process/pods.csv", delimiter = '|', numLinesToSkip = 1)
    void path_namesTheInnermostPod(String path, String pod) {
        assertThat(new ControlGroup(path, 1).podUid()).isEqualTo(Optional.ofNullable(pod));
    }

    @Test
    void containersInContainers_areNamedFromTheOutside() {
        String outer = "a".repeat(64);
        String inner = "b".repeat(64);

        assertThat(new ControlGroup("/docker-" + outer + ".scope/system.slice/docker-" + inner + ".scope/x", 1)
                        .containerIds())
                .containsExactly(outer, inner);
    }
}
