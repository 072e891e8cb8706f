package io.procmon.spool;

import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The subscription to the spool: the number of batches that the subscriber has requested and not received. */
final class SpoolSubscription implements Flow.Subscription {

    private final Flow.Subscriber<? super List<Entry>> subscriber;
    private final int batchSize;
    private final Runnable wake;
    private final AtomicLong requested = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param batchSize the largest number of entries in a batch
     * @param wake runs after a request if there was no demand: otherwise the thread is not waiting for any
     */
    SpoolSubscription(Flow.Subscriber<? super List<Entry>> subscriber, int batchSize, Runnable wake) {
        this.subscriber = subscriber;
        this.batchSize = batchSize;
        this.wake = wake;
    }

    int batchSize() {
        return batchSize;
    }

    @Override
    public void request(long batches) {
        long before = requested.getAndAccumulate(batches, (now, more) -> now + more < 0 ? Long.MAX_VALUE : now + more);
        if (before == 0) {
            wake.run();
        }
    }

    @Override
    public void cancel() {
        closed.set(true);
    }

    boolean isClosed() {
        return closed.get();
    }

    boolean isAskedFor() {
        return !isClosed() && requested.get() > 0;
    }

    void give(List<Entry> batch) {
        requested.decrementAndGet();
        subscriber.onNext(batch);
    }

    void complete() {
        if (closed.compareAndSet(false, true)) {
            subscriber.onComplete();
        }
    }

    void fail(Throwable failure) {
        if (closed.compareAndSet(false, true)) {
            subscriber.onError(failure);
        }
    }
}
