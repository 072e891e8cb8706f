package io.procmon.api;

import io.procmon.config.ProcmonConfig;
import io.procmon.spool.Entry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One lane a student, several students a lane: a student's activities keep their order, lanes do not wait for each other.
 *
 * <p>Why not Mutiny's groups and merge: merge goes through all that is under way for each that arrives, which with batches
 * are thousands.
 */
@Singleton
public class StudentQueues {

    /** How many may wait in a lane, in batches: while one is under way, the next is there in full. */
    private static final int BATCHES_A_LANE = 2;

    private static final int LEAST_ROOM = 256;

    private final List<StudentQueue> lanes;
    private final int room;

    @Inject
    public StudentQueues(ProcmonConfig config, Delivery delivery) {
        this(config.api().concurrency(), config.api().batchSize(), delivery::deliver);
    }

    StudentQueues(int count, int batchSize, Function<List<Entry>, Uni<List<Receipt>>> delivery) {
        lanes = Stream.generate(() -> new StudentQueue(batchSize, delivery))
                .limit(count)
                .toList();
        room = Math.max(LEAST_ROOM, BATCHES_A_LANE * batchSize * count);
    }

    /** Delivers each entry behind those of the same student that came before. What there is no room for stays upstream. */
    public Multi<Receipt> deliver(Multi<Entry> entries) {
        return Multi.createFrom().emitter(receipts -> entries.subscribe().withSubscriber(new Intake(receipts)));
    }

    private StudentQueue lane(Entry entry) {
        return lanes.get(Math.floorMod(entry.report().student().hashCode(), lanes.size()));
    }

    /** Asks for as many entries as have room, and for more in one go when some room is free again. */
    private final class Intake implements Flow.Subscriber<Entry>, StudentQueue.Recipient {

        private final MultiEmitter<? super Receipt> receipts;

        /** The entries in the lanes, and one for those that are yet to come. */
        private final AtomicInteger expected = new AtomicInteger(1);

        private final AtomicInteger free = new AtomicInteger();
        private Flow.Subscription entries;

        Intake(MultiEmitter<? super Receipt> receipts) {
            this.receipts = receipts;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            entries = subscription;
            receipts.onTermination(subscription::cancel);
            subscription.request(room);
        }

        @Override
        public void onNext(Entry entry) {
            expected.incrementAndGet();
            lane(entry).deliver(entry, this);
        }

        @Override
        public void receipts(List<Receipt> arrived) {
            arrived.forEach(receipts::emit);
            if (free.addAndGet(arrived.size()) >= room / 4) {
                int freed = free.getAndSet(0);
                if (freed > 0) { // else receipts of another lane came in between
                    entries.request(freed);
                }
            }
            settled(arrived.size());
        }

        @Override
        public void failure(Throwable failure) {
            receipts.fail(failure);
        }

        @Override
        public void onError(Throwable failure) {
            receipts.fail(failure);
        }

        @Override
        public void onComplete() {
            settled(1);
        }

        private void settled(int count) {
            if (expected.addAndGet(-count) == 0) {
                receipts.complete();
            }
        }
    }
}
