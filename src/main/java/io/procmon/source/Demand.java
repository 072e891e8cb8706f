package io.procmon.source;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What a subscriber has asked for and not got yet. A thread that has nothing to give to anybody sleeps on it:
 * {@code request} adds first and wakes then, so that no request is slept through.
 */
final class Demand implements Flow.Subscription {

    private final AtomicLong requested = new AtomicLong();
    private final Thread producer;
    private volatile boolean cancelled;

    /**
     * @param producer the thread that serves the demand
     */
    Demand(Thread producer) {
        this.producer = producer;
    }

    @Override
    public void request(long items) {
        if (items <= 0) {
            cancel(); // Reactive Streams 3.9 forbids it; who does it gets no more
            return;
        }
        requested.accumulateAndGet(items, (before, more) -> before + more < 0 ? Long.MAX_VALUE : before + more);
        LockSupport.unpark(producer);
    }

    @Override
    public void cancel() {
        cancelled = true;
        LockSupport.unpark(producer);
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** How many items may be given now, but not more than {@code max}. */
    int upTo(int max) {
        return (int) Math.min(requested.get(), max);
    }

    /** One item was given. */
    void served() {
        requested.decrementAndGet();
    }
}
