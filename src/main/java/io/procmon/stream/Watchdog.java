package io.procmon.stream;

import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Finds a stage that has work and makes no progress. Such a stage does not recover by itself: the process has to end,
 * so that a supervisor starts it again. A stage that waits for demand has no work, so back-pressure does not count.
 *
 * <p>The watchdog counts its own checks instead of time. So a process that was stopped for an hour has the full time
 * afterwards, and so has a machine that was suspended. Thread-safe, but only one thread should check.
 */
public final class Watchdog {

    /** The pause between two checks. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    /** A stage without progress during so many checks is unhealthy. */
    private static final int UNHEALTHY = 2;

    /** A stage without progress during so many checks ends the process: one minute. */
    private static final int FATAL = 12;

    private final Map<String, BooleanSupplier> stages = new ConcurrentHashMap<>();
    private final Map<String, Integer> checksWithoutProgress = new ConcurrentHashMap<>();
    private final Consumer<List<String>> end;

    /** @param end ends the process; receives the names of the stages without progress */
    Watchdog(Consumer<List<String>> end) {
        this.end = end;
    }

    /**
     * Watches a stage.
     *
     * @param name such as {@code reader}
     * @param hangs whether the stage has work and made no progress since the last call
     */
    void watch(String name, BooleanSupplier hangs) {
        stages.put(name, hangs);
    }

    /**
     * Watches a stage by two counters: items that it has begun and items that it has finished. It makes no progress if
     * it has begun an item and finishes none.
     *
     * @param patience the time that one thing may take
     * @param begun the number of items that it has begun since the start
     * @param done the number of these items that have ended, with any result
     */
    void watch(String name, Duration patience, LongSupplier begun, LongSupplier done) {
        watch(name, new Work(begun, done, patience.dividedBy(PAUSE))::hangs);
    }

    /** Watches the tasks of a thread. */
    Executor watch(String name, Executor thread) {
        Items items = new Items();
        watch(name, Duration.ZERO, items.begun::get, items.done::get);
        return task -> thread.execute(() -> items.handle(task));
    }

    /** Watches a stage that handles each item on the thread that delivers it: each item must be handled in time. */
    <T> UnaryOperator<Multi<T>> watch(String name) {
        Items items = new Items();
        watch(name, Duration.ZERO, items.begun::get, items.done::get);
        return stream -> Multi.createFrom()
                .publisher(
                        subscriber -> stream.subscribe().withSubscriber(new WatchedSubscriber<T>(subscriber, items)));
    }

    /** The stages that have made no progress during the last checks. */
    public List<String> unhealthy() {
        return withoutProgressFor(UNHEALTHY);
    }

    /** Checks all stages, and ends the process if one has made no progress for a minute. */
    void check() {
        stages.forEach((name, hangs) -> {
            if (hangs.getAsBoolean()) {
                checksWithoutProgress.merge(name, 1, Integer::sum);
            } else {
                checksWithoutProgress.remove(name);
            }
        });
        List<String> fatal = withoutProgressFor(FATAL);
        if (!fatal.isEmpty()) {
            end.accept(fatal);
        }
    }

    private List<String> withoutProgressFor(int checks) {
        return checksWithoutProgress.entrySet().stream()
                .filter(stage -> stage.getValue() >= checks)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The items or tasks of one stage. */
    private static final class Items {

        private final AtomicLong begun = new AtomicLong();
        private final AtomicLong done = new AtomicLong();

        void handle(Runnable work) {
            begun.incrementAndGet();
            try {
                work.run();
            } finally {
                done.incrementAndGet();
            }
        }
    }

    /** The work that a stage has begun and done. */
    private static final class Work {

        private final LongSupplier begun;
        private final LongSupplier done;
        private final long checksToWait;
        private long doneBefore = -1;
        private long checks;

        Work(LongSupplier begun, LongSupplier done, long checksToWait) {
            this.begun = begun;
            this.done = done;
            this.checksToWait = checksToWait;
        }

        boolean hangs() {
            long doneNow = done.getAsLong();
            boolean stands = begun.getAsLong() > doneNow && doneNow == doneBefore;
            checks = stands ? checks + 1 : 0;
            doneBefore = doneNow;
            return checks > checksToWait;
        }
    }

    private record WatchedSubscriber<T>(Flow.Subscriber<? super T> subscriber, Items items)
            implements Flow.Subscriber<T> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
        }

        @Override
        public void onNext(T item) {
            items.handle(() -> subscriber.onNext(item));
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
