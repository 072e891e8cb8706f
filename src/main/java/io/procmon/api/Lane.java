package io.procmon.api;

import io.procmon.spool.Entry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Where the activities of some students wait for each other: one request is under way, and what comes in meanwhile shares
 * the next, up to a batch. So nothing waits for a batch to fill, and the busier it is, the fuller they are. Thread-safe.
 */
final class Lane {

    private final int batchSize;
    private final Function<List<Entry>, Uni<List<Receipt>>> courier;
    private final Queue<Parcel> waiting = new ArrayDeque<>();
    private final AtomicInteger calls = new AtomicInteger();
    private boolean busy;

    private record Parcel(Entry entry, UniEmitter<? super Receipt> sender) {}

    /** @param courier brings a batch; there is a receipt for each entry, in the same order */
    Lane(int batchSize, Function<List<Entry>, Uni<List<Receipt>>> courier) {
        this.batchSize = batchSize;
        this.courier = courier;
    }

    /** Delivers an entry behind those that were given before. */
    Uni<Receipt> deliver(Entry entry) {
        return Uni.createFrom().emitter(sender -> {
            synchronized (this) {
                waiting.add(new Parcel(entry, sender));
            }
            proceed();
        });
    }

    /** Sends batches in a loop, not in a chain of calls: a courier may be back before it has left. */
    private void proceed() {
        if (calls.getAndIncrement() > 0) {
            return; // whoever is in the loop goes round once more
        }
        do {
            List<Parcel> batch = next();
            if (!batch.isEmpty()) {
                courier.apply(batch.stream().map(Parcel::entry).toList())
                        .subscribe()
                        .with(receipts -> arrived(batch, receipts), failure -> failed(batch, failure));
            }
        } while (calls.decrementAndGet() > 0);
    }

    private synchronized List<Parcel> next() {
        List<Parcel> batch = new ArrayList<>();
        while (!busy && batch.size() < batchSize && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        busy |= !batch.isEmpty();
        return batch;
    }

    private void arrived(List<Parcel> batch, List<Receipt> receipts) {
        free();
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).sender.complete(receipts.get(i));
        }
        proceed();
    }

    private void failed(List<Parcel> batch, Throwable failure) {
        free();
        batch.forEach(parcel -> parcel.sender.fail(failure));
        proceed();
    }

    private synchronized void free() {
        busy = false;
    }
}
