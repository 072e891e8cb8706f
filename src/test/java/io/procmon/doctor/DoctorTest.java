package io.procmon.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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

    @Test
    void remedy_standsBehindTheObservation() {
        assertThat(LESS.line()).isEqualTo("degraded  backend       away: look after it");
        assertThat(FINE.line()).isEqualTo("ok        btf           there");
    }
}
