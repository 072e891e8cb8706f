package io.procmon.api;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Lets requests through while the backend answers. After some failures in a row it opens: all wait, but for one that
 * tries from time to time, and the first that succeeds lets the others follow. Thread-safe.
 *
 * <p>Why not MicroProfile's circuit breaker: that one fails the requests that it stops, so each would have to come back
 * by itself to ask again. Here they wait in line.
 */
final class CircuitBreaker {

    /** What it does at present. */
    enum State {
        /** All pass. */
        CLOSED,
        /** None passes until a wait is over; then one does, that is there or the next to come. */
        OPEN,
        /** One is on its way to see whether the backend is back. */
        PROBING;

        /** The name that metrics use. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final int tolerance;
    private final RetryPolicy backOff;
    private final Supplier<? extends RandomGenerator> random;
    private final Executor executor;
    private final Deque<UniEmitter<? super Void>> waiting = new ArrayDeque<>();
    private State state = State.CLOSED;
    private boolean probeIsDue;
    private int failures;

    /** @param tolerance how many failures in a row open it */
    CircuitBreaker(int tolerance, RetryPolicy backOff, Supplier<? extends RandomGenerator> random) {
        this(tolerance, backOff, random, Infrastructure.getDefaultWorkerPool());
    }

    CircuitBreaker(int tolerance, RetryPolicy backOff, Supplier<? extends RandomGenerator> random, Executor executor) {
        this.tolerance = tolerance;
        this.backOff = backOff;
        this.random = random;
        this.executor = executor;
    }

    /** Completes when the request may be made. Whoever was let through must tell how it went. */
    Uni<Void> admission() {
        return Uni.createFrom().emitter(request -> {
            if (admit(request)) {
                request.complete(null);
            }
        });
    }

    private synchronized boolean admit(UniEmitter<? super Void> request) {
        if (probeIsDue) {
            probeIsDue = false;
            state = State.PROBING;
            return true;
        }
        if (state != State.CLOSED) {
            waiting.add(request);
        }
        return state == State.CLOSED;
    }

    /** The backend answered, whatever it said about the activity. */
    void succeeded() {
        List<UniEmitter<? super Void>> released;
        synchronized (this) {
            failures = 0;
            probeIsDue = false;
            if (state == State.CLOSED) {
                return;
            }
            state = State.CLOSED;
            released = new ArrayList<>(waiting);
            waiting.clear();
        }
        released.forEach(request -> request.complete(null));
    }

    /** The backend failed; it wants to be left alone for {@code pause} at least. */
    synchronized void failed(Duration pause) {
        if (state == State.OPEN) {
            return; // one that was under way when it opened
        }
        failures++;
        if (state == State.CLOSED && failures < tolerance && pause.isZero()) {
            return; // a single mishap
        }
        state = State.OPEN;
        Duration wait = backOff.after(Math.max(1, failures - tolerance + 1), random.get());
        schedule(wait.compareTo(pause) > 0 ? wait : pause);
    }

    private void schedule(Duration wait) {
        CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, executor)
                .execute(this::probe);
    }

    private void probe() {
        UniEmitter<? super Void> first;
        synchronized (this) {
            if (state != State.OPEN) {
                return;
            }
            first = waiting.poll();
            if (first == null) {
                probeIsDue = true;
                return;
            }
            state = State.PROBING;
        }
        first.complete(null);
    }

    synchronized State state() {
        return state;
    }
}
