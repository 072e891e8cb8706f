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
        return Multi.createFrom().publisher(subscriber -> stream.subscribe().withSubscriber(new Batches(subscriber)));
    }

    private final class Batches extends Passage<T> {

        private long left;
        private long held;

        Batches(Flow.Subscriber<? super T> subscriber) {
            super(subscriber);
        }

        @Override
        public void request(long items) {
            if (items <= 0) {
                requestBefore(items); // which fails the stream
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
                requestBefore(items);
            }
        }

        @Override
        public void onNext(T item) {
            pass(served());
            super.onNext(item);
        }
    }

    /** The sum of two demands; the maximum means unbounded. */
    private static long sum(long one, long other) {
        return one + other < 0 ? Long.MAX_VALUE : one + other;
    }
}
