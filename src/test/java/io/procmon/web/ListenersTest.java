package io.procmon.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.ws.rs.ServiceUnavailableException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListenersTest {

    private final Listeners listeners = new Listeners();

    @Test
    void tooManyListeners_areRefused_untilOneLeaves() {
        List<AssertSubscriber<Integer>> listening =
                Stream.generate(this::listen).limit(32).toList();

        assertThatThrownBy(this::listen)
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("at most 32");
        listening.getFirst().cancel();
        listening.getFirst().cancel();

        assertThat(listen()).isNotNull();
        assertThatThrownBy(this::listen).isInstanceOf(ServiceUnavailableException.class);
    }

    private AssertSubscriber<Integer> listen() {
        return listeners
                .admit(Multi.createFrom().<Integer>nothing())
                .subscribe()
                .withSubscriber(AssertSubscriber.create());
    }
}
