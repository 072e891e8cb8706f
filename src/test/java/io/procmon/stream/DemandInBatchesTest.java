package io.procmon.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class DemandInBatchesTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Multi<Integer> NUMBERS = Multi.createFrom().range(0, 100);

    private final List<Long> requests = new ArrayList<>();

    @Test
    void aFewMore_areHeldBack_untilTheyAreABatch() {
        AssertSubscriber<Integer> items = take(Multi.createFrom().nothing(), 10);
        items.request(1);
        items.request(1);
        assertThat(requests).containsExactly(10L);

        items.request(1);

        assertThat(requests).containsExactly(10L, 3L);
    }

    @Test
    void allDemandIsServed_demandForOnePassesAtOnce() {
        AssertSubscriber<Integer> items = take(NUMBERS, 2);
        items.awaitItems(2);

        items.request(1);

        assertThat(requests).containsExactly(2L, 1L);
    }

    @Test
    void theLastDemandIsServed_demandHeldBackFollows() {
        List<Integer> seen = new ArrayList<>();
        AssertSubscriber<Integer> items = AssertSubscriber.create(0);
        NUMBERS.onRequest()
                .invoke(requests::add)
                .plug(new DemandInBatches<>(3))
                .invoke(seen::add)
                .invoke(number -> items.request(number == 0 ? 1 : 0))
                .subscribe()
                .withSubscriber(items);

        items.request(2);

        assertThat(seen).containsExactly(0, 1, 2);
        assertThat(requests).containsExactly(2L, 1L);
    }

    @Test
    void resultsOfOtherThreads_allItemsArriveInOrder() {
        try (ExecutorService one = Executors.newSingleThreadExecutor();
                ExecutorService other = Executors.newSingleThreadExecutor()) {
            List<Integer> items = Multi.createFrom()
                    .range(0, 100_000)
                    .emitOn(one)
                    .plug(new DemandInBatches<>(16))
                    .onItem()
                    .transformToUni(number -> later(number, other))
                    .merge(64)
                    .collect()
                    .asList()
                    .await()
                    .atMost(DEADLINE);

            assertThat(items).hasSize(100_000).isSorted();
        }
    }

    @Test
    void unboundedDemand_staysUnbounded() {
        AssertSubscriber<Integer> items = take(NUMBERS, Long.MAX_VALUE);

        items.awaitCompletion(DEADLINE).assertCompleted();
        assertThat(requests).containsExactly(Long.MAX_VALUE);
        assertThat(items.getItems()).hasSize(100);
    }

    private AssertSubscriber<Integer> take(Multi<Integer> stream, long count) {
        return stream.onRequest()
                .invoke(requests::add)
                .plug(new DemandInBatches<>(3))
                .subscribe()
                .withSubscriber(AssertSubscriber.create(count));
    }

    private static Uni<Integer> later(int number, Executor executor) {
        return Uni.createFrom().item(number).emitOn(executor);
    }
}
