package io.procmon.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorTest {

    private static final Finding FINE = Finding.ok("btf", "there");
    private static final Finding LESS = Finding.degraded("backend", "away", "look after it");
    private static final Finding NO_BTF = Finding.missing("btf", "gone", "take another kernel");
    private static final Finding NO_PRIVILEGE = Finding.missing("capabilities", "lacks CAP_BPF", "add it");

    @Test
    void degradedNode_canWatch_soTheStatusIsZero() {
        assertThat(Doctor.status(List.of(FINE, LESS))).isZero();
    }

    @Test
    void unsuitableMachine_hasTheStatusOfTheServiceThere() {
        assertThat(Doctor.status(List.of(FINE, NO_BTF))).isEqualTo(69);
    }

    @Test
    void missingPrivileges_goFirst_sinceMuchElseFollowsFromThem() {
        assertThat(Doctor.status(List.of(NO_BTF, NO_PRIVILEGE))).isEqualTo(77);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kafka_1:9092", "localhost", "a b:9092", ":9092", "localhost:port"})
    void brokersThatAreNone_areAFinding(String servers) {
        Finding finding =
                BackendExamination.kafka(servers, Duration.ofSeconds(1)).finding();

        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.DEGRADED);
        assertThat(finding.observation()).isEqualTo("'%s' is no host:port".formatted(servers));
        assertThat(finding.remedy()).contains("KAFKA_BOOTSTRAP_SERVERS");
    }

    @Test
    void remedy_standsBehindTheObservation() {
        assertThat(LESS.line()).isEqualTo("degraded  backend       away: look after it");
        assertThat(FINE.line()).isEqualTo("ok        btf           there");
    }
}
