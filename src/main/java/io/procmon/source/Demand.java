package io.procmon.source;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The number of items that a subscriber has requested and not received. The producer's thread parks while the number is
 * 0. {@code request} first adds and then unparks the thread, so that the thread misses no request.
 */
final class Demand implements Flow.Subscription {

    private final AtomicLong requested = new AtomicLong();
    private final Thread producer;
    private final Runnable onCancel;
    private volatile boolean cancelled;

    /** @param producer the thread that serves the demand, and waits for nothing else */
    Demand(Thread producer) {
        this(producer, () -> {});
    }

    /**
     * @param producer the thread that serves the demand
     * @param onCancel wakes the producer if it waits for something other than demand
     */
    Demand(Thread producer, Runnable onCancel) {
        this.producer = producer;
        this.onCancel = onCancel;
    }

    @Override
    public void request(long items) {
        if (items <= 0) {
            cancel(); // Reactive Streams 3.9 forbids it: the subscriber receives no more items
            return;
        }
        requested.accumulateAndGet(items, (before, more) -> before + more < 0 ? Long.MAX_VALUE : before + more);
        LockSupport.unpark(producer);
    }

    @Override
    public void cancel() {
        cancelled = true;
        LockSupport.unpark(producer);
        onCancel.run();
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** The number of items that may be sent now, at most {@code max}. */
    int upTo(int max) {
        return (int) Math.min(requested.get(), max);
    }

    /** Counts an item that was sent. */
    void served() {
        requested.decrementAndGet();
    }
}
