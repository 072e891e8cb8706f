package io.procmon.stream;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DemandGateTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final AtomicBoolean behind = new AtomicBoolean();

    @Test
    void nothingIsBehind_everythingPassesAtOnce() {
        take(4, LONG).assertItems(1, 2, 3).assertCompleted();
    }

    @Test
    void somethingIsBehind_nothingIsAskedFor_untilItHasCaughtUp() {
        behind.set(true);
        AssertSubscriber<Integer> items = take(1, LONG);
        items.request(1).assertHasNotReceivedAnyItem();

        behind.set(false);

        items.awaitItems(2, DEADLINE).assertItems(1, 2);
    }

    @Test
    void somethingIsBehindForEver_itGoesOnAllTheSame_onlyLater() {
        behind.set(true);

        take(4, Duration.ZERO).awaitCompletion(DEADLINE).assertItems(1, 2, 3);
    }

    private AssertSubscriber<Integer> take(long count, Duration patience) {
        return Multi.createFrom()
                .items(1, 2, 3)
                .plug(new DemandGate<>(behind::get, patience))
                .subscribe()
                .withSubscriber(AssertSubscriber.create(count));
    }
}
