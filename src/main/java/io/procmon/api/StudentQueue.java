package io.procmon.api;

import io.procmon.spool.Entry;
import io.smallrye.mutiny.Uni;
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
final class StudentQueue {

    private final int batchSize;
    private final Function<List<Entry>, Uni<List<Receipt>>> delivery;
    private final Queue<Entry> waiting = new ArrayDeque<>();
    private final AtomicInteger calls = new AtomicInteger();
    private boolean busy;

    /** @param delivery brings a batch; there is a receipt for each entry, in the same order */
    StudentQueue(int batchSize, Function<List<Entry>, Uni<List<Receipt>>> delivery) {
        this.batchSize = batchSize;
        this.delivery = delivery;
    }

    /** Delivers an entry behind those that were given before; whoever takes the receipts gets its own among others. */
    void deliver(Entry entry, Recipient recipient) {
        synchronized (this) {
            waiting.add(entry);
        }
        proceed(recipient);
    }

    /** Takes what comes of a batch. */
    interface Recipient {
        void receipts(List<Receipt> receipts);

        void failure(Throwable failure);
    }

    /** Sends batches in a loop, not in a chain of calls: a delivery may be back before it has left. */
    private void proceed(Recipient recipient) {
        if (calls.getAndIncrement() > 0) {
            return; // whoever is in the loop goes round once more
        }
        do {
            List<Entry> batch = next();
            if (!batch.isEmpty()) {
                delivery.apply(batch)
                        .subscribe()
                        .with(
                                receipts -> {
                                    free();
                                    recipient.receipts(receipts);
                                    proceed(recipient);
                                },
                                recipient::failure);
            }
        } while (calls.decrementAndGet() > 0);
    }

    private synchronized List<Entry> next() {
        List<Entry> batch = new ArrayList<>();
        while (!busy && batch.size() < batchSize && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        busy |= !batch.isEmpty();
        return batch;
    }

    private synchronized void free() {
        busy = false;
    }
}
