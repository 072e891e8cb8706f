package io.procmon.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.spool.Entry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StudentQueuesTest {

    private static final int BATCH = 3;

    private final List<List<Entry>> batches = new ArrayList<>();
    private final UnicastProcessor<Entry> entries = UnicastProcessor.create();
    private UniEmitter<? super List<Receipt>> underWay;

    @Test
    void loneEntry_goesAtOnce() {
        AssertSubscriber<Receipt> receipts = deliver(entries);

        entries.onNext(Letters.entry(0));
        arrive();

        assertThat(batches).containsExactly(Letters.entries(0, 1));
        assertThat(receipts.getItems()).extracting(Receipt::entry).containsExactly(Letters.entry(0));
    }

    @Test
    void whatComesInWhileOneIsUnderWay_sharesTheNext_inOrder_upToABatch() {
        AssertSubscriber<Receipt> receipts = deliver(entries);

        Letters.entries(0, 6).forEach(entries::onNext);
        assertThat(batches).hasSize(1);
        arrive();
        arrive();
        arrive();

        assertThat(batches).containsExactly(Letters.entries(0, 1), Letters.entries(1, 4), Letters.entries(4, 6));
        assertThat(receipts.getItems()).extracting(Receipt::entry).containsExactlyElementsOf(Letters.entries(0, 6));
    }

    @Test
    void completes_whenTheLastReceiptIsThere() {
        AssertSubscriber<Receipt> receipts = deliver(entries);

        entries.onNext(Letters.entry(0));
        entries.onComplete();
        receipts.assertNotTerminated();
        arrive();

        receipts.assertCompleted();
    }

    @Test
    void moreThanThereIsRoomFor_staysUpstream_untilThereIs() {
        AtomicLong asked = new AtomicLong();
        deliver(Multi.createFrom()
                .iterable(Letters.entries(0, 100_000))
                .onRequest()
                .invoke(asked::addAndGet));

        assertThat(asked.get()).isLessThan(1000);
        long before = asked.get();
        while (asked.get() == before) {
            arrive();
        }

        assertThat(asked.get()).isLessThan(2 * before);
    }

    @Test
    void courierThatIsBackAtOnce_doesNotDeepenTheStack() {
        List<Entry> many = Letters.entries(0, 100_000);

        List<Receipt> receipts = new StudentQueues(
                        1, BATCH, batch -> Uni.createFrom().item(delivered(batch)))
                .deliver(Multi.createFrom().iterable(many))
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE))
                .assertCompleted()
                .getItems();

        assertThat(receipts).hasSameSizeAs(many);
    }

    private AssertSubscriber<Receipt> deliver(Multi<Entry> all) {
        return new StudentQueues(1, BATCH, this::leave)
                .deliver(all)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
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
}
