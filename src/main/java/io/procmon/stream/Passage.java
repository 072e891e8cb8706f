package io.procmon.stream;

import java.util.concurrent.Flow;

/**
 * A stage that passes items, the end and cancellation on unchanged. A subclass decides when to pass demand on.
 *
 * @param <T> the items of the stream
 */
abstract class Passage<T> implements Flow.Subscriber<T>, Flow.Subscription {

    private final Flow.Subscriber<? super T> subscriber;
    private Flow.Subscription subscription;

    Passage(Flow.Subscriber<? super T> subscriber) {
        this.subscriber = subscriber;
    }

    /** Passes demand on to the stage before. */
    final void requestBefore(long items) {
        subscription.request(items);
    }

    @Override
    public final void onSubscribe(Flow.Subscription upstream) {
        subscription = upstream;
        subscriber.onSubscribe(this);
    }

    @Override
    public final void cancel() {
        subscription.cancel();
    }

    @Override
    public void onNext(T item) {
        subscriber.onNext(item);
    }

    @Override
    public final void onError(Throwable failure) {
        subscriber.onError(failure);
    }

    @Override
    public final void onComplete() {
        subscriber.onComplete();
    }
}
