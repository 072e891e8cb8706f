package io.procmon.stream;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * Holds demand back while something more urgent is behind: what nobody asks for costs no processor time. For a while only,
 * so that what has to wait is late, and not forgotten, where the urgent has no end.
 *
 * @param <T> of what there is a stream
 */
final class DemandGate<T> implements UnaryOperator<Multi<T>> {

    private static final Duration LOOK_PAUSE = Duration.ofMillis(10);

    private final BooleanSupplier behind;
    private final Duration patience;

    /**
     * @param behind whether something more urgent is behind; for any thread
     * @param patience for how long demand is held back at most
     */
    DemandGate(BooleanSupplier behind, Duration patience) {
        this.behind = behind;
        this.patience = patience;
    }

    @Override
    public Multi<T> apply(Multi<T> stream) {
        return Multi.createFrom().publisher(subscriber -> stream.subscribe().withSubscriber(new Passage(subscriber)));
    }

    private final class Passage implements Flow.Subscriber<T>, Flow.Subscription {

        private final Flow.Subscriber<? super T> subscriber;
        private final AtomicLong held = new AtomicLong();
        private Flow.Subscription subscription;

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
            if (!behind.getAsBoolean()) {
                subscription.request(items);
            } else if (held.getAndAdd(items) == 0) {
                lookAgain(System.nanoTime() + patience.toNanos());
            }
        }

        private void lookAgain(long until) {
            Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(LOOK_PAUSE)
                    .subscribe()
                    .with(_ -> look(until));
        }

        private void look(long until) {
            if (behind.getAsBoolean() && System.nanoTime() - until < 0) {
                lookAgain(until);
            } else {
                subscription.request(held.getAndSet(0));
            }
        }

        @Override
        public void cancel() {
            subscription.cancel();
        }

        @Override
        public void onNext(T item) {
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
}
