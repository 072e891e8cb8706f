package io.procmon.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DemandTest {

    private final AtomicInteger wakeUps = new AtomicInteger();
    private final Demand demand = new Demand(Thread.currentThread(), wakeUps::incrementAndGet);

    @Test
    void requests_addUp_andAreUsedUp() {
        demand.request(2);
        demand.request(3);
        demand.served();

        assertThat(demand.upTo(100)).isEqualTo(4);
        assertThat(demand.upTo(3)).isEqualTo(3);
    }

    @Test
    void nothingRequested_isNothingToGive() {
        assertThat(demand.upTo(100)).isZero();
    }

    @Test
    void unboundedRequests_stayUnbounded() {
        demand.request(Long.MAX_VALUE);
        demand.request(Long.MAX_VALUE);

        assertThat(demand.upTo(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void cancellation_wakesTheProducer() {
        demand.request(1);
        assertThat(wakeUps).hasValue(0);

        demand.cancel();

        assertThat(demand.isCancelled()).isTrue();
        assertThat(wakeUps).hasValue(1);
    }

    @Test
    void requestForNothing_endsTheSubscription() {
        demand.request(0);

        assertThat(demand.isCancelled()).isTrue();
        assertThat(demand.upTo(1)).isZero();
    }
}
