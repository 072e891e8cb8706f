package io.procmon.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.ws.rs.ServiceUnavailableException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListenersTest {

    private final AtomicLong now = new AtomicLong();
    private final Listeners listeners = new Listeners(now::get);

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

    @Test
    void listenerThatDoesNotRead_isDropped_andMakesRoom() {
        BroadcastProcessor<Integer> elements = BroadcastProcessor.create();
        List<AssertSubscriber<Integer>> reading = listenTo(elements, 2, Long.MAX_VALUE);
        List<AssertSubscriber<Integer>> stuck = listenTo(elements, 30, 1);

        for (int i = 0; i < 5; i++) {
            elements.onNext(i);
            now.addAndGet(Listeners.READS_WITHIN.toNanos() / 2);
        }

        assertThat(reading).allSatisfy(it -> assertThat(it.getItems()).containsExactly(0, 1, 2, 3, 4));
        assertThat(stuck).allSatisfy(it -> it.assertItems(0).assertCompleted());
        assertThat(listenTo(elements, 30, 1)).hasSize(30);
    }

    @Test
    void slowListener_missesElements_andStays() {
        BroadcastProcessor<Integer> elements = BroadcastProcessor.create();
        AssertSubscriber<Integer> slow = listenTo(elements, 1, 1).getFirst();

        for (int i = 0; i < 6; i++) {
            elements.onNext(i);
            elements.onNext(i + 100);
            now.addAndGet(Listeners.READS_WITHIN.toNanos());
            slow.request(1);
        }

        slow.assertItems(0, 1, 2, 3, 4, 5).assertNotTerminated();
    }

    private List<AssertSubscriber<Integer>> listenTo(Multi<Integer> elements, int clients, long demand) {
        return Stream.generate(() ->
                        listeners.admit(elements).subscribe().withSubscriber(AssertSubscriber.<Integer>create(demand)))
                .limit(clients)
                .toList();
    }

    private AssertSubscriber<Integer> listen() {
        return listeners
                .admit(Multi.createFrom().<Integer>nothing())
                .subscribe()
                .withSubscriber(AssertSubscriber.create());
    }
}
