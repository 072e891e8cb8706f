package io.procmon.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.spool.Entry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaneTest {

    private final List<List<Entry>> batches = new ArrayList<>();
    private UniEmitter<? super List<Receipt>> underWay;

    @Test
    void loneEntry_goesAtOnce() {
        Lane lane = new Lane(3, this::leave);

        UniAssertSubscriber<Receipt> receipt = deliver(lane, 0);
        arrive();

        receipt.assertCompleted();
        assertThat(batches).containsExactly(Letters.entries(0, 1));
    }

    @Test
    void whatComesInWhileOneIsUnderWay_sharesTheNext_inOrder_upToABatch() {
        Lane lane = new Lane(3, this::leave);
        deliver(lane, 0);
        List<UniAssertSubscriber<Receipt>> others =
                IntStream.range(1, 6).mapToObj(number -> deliver(lane, number)).toList();
        assertThat(batches).hasSize(1);

        arrive();
        arrive();
        arrive();

        assertThat(batches).containsExactly(Letters.entries(0, 1), Letters.entries(1, 4), Letters.entries(4, 6));
        assertThat(others).allSatisfy(UniAssertSubscriber::assertCompleted);
    }

    @Test
    void eachEntry_getsItsOwnReceipt() {
        Lane lane = new Lane(3, this::leave);
        deliver(lane, 0);
        UniAssertSubscriber<Receipt> first = deliver(lane, 1);
        UniAssertSubscriber<Receipt> second = deliver(lane, 2);

        arrive();
        arrive();

        assertThat(first.getItem().entry()).isEqualTo(Letters.entry(1));
        assertThat(second.getItem().entry()).isEqualTo(Letters.entry(2));
    }

    @Test
    void courierThatIsBackAtOnce_doesNotDeepenTheStack() {
        List<Integer> depths = new ArrayList<>();
        Lane lane = new Lane(1, batch -> {
            depths.add(Thread.currentThread().getStackTrace().length);
            return batches.isEmpty() ? leave(batch) : Uni.createFrom().item(delivered(batch));
        });
        List<UniAssertSubscriber<Receipt>> all = IntStream.range(0, 1000)
                .mapToObj(number -> deliver(lane, number))
                .toList();

        arrive();

        assertThat(all).allSatisfy(UniAssertSubscriber::assertCompleted);
        assertThat(depths.subList(1, depths.size())).hasSize(999).containsOnly(depths.getLast());
    }

    private Uni<List<Receipt>> leave(List<Entry> batch) {
        batches.add(batch);
        return Uni.createFrom().emitter(emitter -> underWay = emitter);
    }

    private void arrive() {
        underWay.complete(delivered(batches.getLast()));
    }

    private static List<Receipt> delivered(List<Entry> batch) {
        return batch.stream()
                .<Receipt>map(entry -> new Receipt.Delivered(entry, 204))
                .toList();
    }

    private static UniAssertSubscriber<Receipt> deliver(Lane lane, int number) {
        return lane.deliver(Letters.entry(number)).subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
