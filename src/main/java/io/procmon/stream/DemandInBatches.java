package io.procmon.stream;

import io.smallrye.mutiny.Multi;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;

/**
 * Passes demand on in batches. A stage that requests one item after each result wakes the thread of the stage before it
 * for each request. Demand is passed on at once if the stage before has none left, so the stream never stops.
 *
 * @param <T> the items of the stream
 */
final class DemandInBatches<T> implements UnaryOperator<Multi<T>> {

    private final long size;

    /** @param size the demand that is passed on although some is left */
    DemandInBatches(long size) {
        this.size = size;
    }

    @Override
    public Multi<T> apply(Multi<T> stream) {
        return Multi.createFrom().publisher(subscriber -> stream.subscribe().withSubscriber(new Passage(subscriber)));
    }

    private final class Passage implements Flow.Subscriber<T>, Flow.Subscription {

        private final Flow.Subscriber<? super T> subscriber;
        private Flow.Subscription subscription;
        private long left;
        private long held;

        Passage(Flow.Subscriber<? super T> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void onSubscribe(Flow.Subscription upstream) {
            subscription = upstream;
            subscriber.onSubscribe(this);
        }

        @Override
        public void request(long items) {
            if (items <= 0) {
                subscription.request(items); // which fails the stream
            } else {
                pass(hold(items));
            }
        }

        private synchronized long hold(long items) {
            held = sum(held, items);
            return held >= size || left == 0 ? release() : 0;
        }

        private synchronized long served() {
            left -= left == Long.MAX_VALUE ? 0 : 1;
            return left == 0 ? release() : 0;
        }

        private long release() {
            long released = held;
            left = sum(left, released);
            held = 0;
            return released;
        }

        private void pass(long items) {
            if (items > 0) {
                subscription.request(items);
            }
        }

        @Override
        public void cancel() {
            subscription.cancel();
        }

        @Override
        public void onNext(T item) {
            pass(served());
            subscriber.onNext(item);
        }

        @Override
        public void onError(Throwable failure) {
            subscriber.onError(failure);
        }

        @Override
        public void onComplete() {
            subscriber.onComplete();
        }
    }

    /** The sum of two demands; the maximum means unbounded. */
    private static long sum(long one, long other) {
        return one + other < 0 ? Long.MAX_VALUE : one + other;
    }
}
