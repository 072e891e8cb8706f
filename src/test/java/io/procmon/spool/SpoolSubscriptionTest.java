package io.procmon.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SpoolSubscriptionTest {

    private final AtomicInteger wakeUps = new AtomicInteger();
    private final SpoolSubscription subscription =
            new SpoolSubscription(AssertSubscriber.create(0), 1, wakeUps::incrementAndGet);

    @Test
    void firstDemand_wakesTheThread_andMoreDemandDoesNot() {
        subscription.request(1);
        subscription.request(2);

        assertThat(wakeUps).hasValue(1);
        assertThat(subscription.isAskedFor()).isTrue();
    }

    @Test
    void demandAfterAllOfItIsServed_wakesTheThreadAgain() {
        subscription.request(1);
        subscription.give(List.of());

        subscription.request(1);

        assertThat(wakeUps).hasValue(2);
    }

    @Test
    void unboundedDemand_staysUnbounded() {
        subscription.request(Long.MAX_VALUE);
        subscription.give(List.of());
        subscription.request(2);

        assertThat(subscription.isAskedFor()).isTrue();
        assertThat(wakeUps).hasValue(1);
    }
}
