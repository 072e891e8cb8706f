package io.procmon.spool;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Where entries go out: what the subscriber has asked for and not got yet. */
final class SpoolSubscription implements Flow.Subscription {

    private final Flow.Subscriber<? super Entry> subscriber;
    private final Runnable wake;
    private final AtomicLong requested = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param wake tells the giver that somebody asks */
    SpoolSubscription(Flow.Subscriber<? super Entry> subscriber, Runnable wake) {
        this.subscriber = subscriber;
        this.wake = wake;
    }

    @Override
    public void request(long items) {
        requested.accumulateAndGet(items, (before, more) -> before + more < 0 ? Long.MAX_VALUE : before + more);
        wake.run();
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

    void give(Entry entry) {
        requested.decrementAndGet();
        subscriber.onNext(entry);
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
