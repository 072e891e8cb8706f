package io.procmon.api;

import io.procmon.process.Student;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A circuit breaker that holds requests back while the backend is away. After some failures in a row it opens: all requests
 * wait, except for a probe from time to time. The first success lets the others through. Thread-safe.
 *
 * <p>One student's activity that always fails can open it, although the backend is well. So a student whose requests have
 * not failed since it opened may probe without waiting, at most one student in half a second. If the backend asks for a
 * pause, nobody probes before its end.
 *
 * <p>MicroProfile's circuit breaker fails the requests that it stops, so that each would have to ask again. Here they wait.
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

    /** How long after one student the next one may probe without waiting. */
    private static final Duration NEWCOMER_PAUSE = Duration.ofMillis(500);

    private final int tolerance;
    private final RetryPolicy backOff;
    private final Supplier<? extends RandomGenerator> random;
    private final Executor executor;
    private final Deque<Request> waiting = new ArrayDeque<>();

    /** Students of whom a request failed since the last success. */
    private final Set<Student> failed = new HashSet<>();

    private State state = State.CLOSED;
    private boolean pausing;
    private boolean newcomerHasProbed;
    private boolean probeIsDue;
    private int failures;

    private record Request(Student student, UniEmitter<? super Void> emitter) {
        void admit() {
            emitter.complete(null);
        }
    }

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

    /** Completes when a student's request may be made. Its success or failure must be reported. */
    Uni<Void> admission(Student student) {
        return Uni.createFrom().emitter(emitter -> {
            Request request = new Request(student, emitter);
            if (admit(request)) {
                request.admit();
            }
        });
    }

    private synchronized boolean admit(Request request) {
        if (state == State.CLOSED) {
            return true;
        }
        if (probeIsDue) {
            probeIsDue = false;
            state = State.PROBING;
            return true;
        }
        if (mayProbe(request)) {
            probeAsNewcomer();
            return true;
        }
        waiting.add(request);
        return false;
    }

    private boolean mayProbe(Request request) {
        return !pausing && !newcomerHasProbed && !failed.contains(request.student);
    }

    private void probeAsNewcomer() {
        newcomerHasProbed = true;
        schedule(NEWCOMER_PAUSE, this::probeWithNewcomer);
    }

    private void probeWithNewcomer() {
        Optional<Request> newcomer;
        synchronized (this) {
            newcomerHasProbed = false;
            newcomer = waiting.stream().filter(this::mayProbe).findFirst();
            newcomer.ifPresent(it -> {
                waiting.remove(it);
                probeAsNewcomer();
            });
        }
        newcomer.ifPresent(Request::admit);
    }

    /** The backend answered, whatever it said about the activity. */
    void succeeded() {
        List<Request> released;
        synchronized (this) {
            failures = 0;
            failed.clear();
            pausing = false;
            probeIsDue = false;
            if (state == State.CLOSED) {
                return;
            }
            state = State.CLOSED;
            released = new ArrayList<>(waiting);
            waiting.clear();
        }
        released.forEach(Request::admit);
    }

    /**
     * A student's request failed.
     *
     * @param pause how long the backend asks not to be used at all
     */
    synchronized void failed(Student student, Duration pause) {
        failed.add(student);
        if (state == State.OPEN) {
            return; // one that was under way when it opened
        }
        failures++;
        if (state == State.CLOSED && failures < tolerance && pause.isZero()) {
            return; // a single mishap
        }
        state = State.OPEN;
        pausing = !pause.isZero();
        Duration wait = backOff.after(Math.max(1, failures - tolerance + 1), random.get());
        schedule(wait.compareTo(pause) > 0 ? wait : pause, this::probe);
    }

    private void schedule(Duration wait, Runnable action) {
        CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, executor)
                .execute(action);
    }

    private void probe() {
        Request first;
        synchronized (this) {
            if (state != State.OPEN) {
                return;
            }
            pausing = false;
            first = waiting.poll();
            if (first == null) {
                probeIsDue = true;
                return;
            }
            state = State.PROBING;
        }
        first.admit();
    }

    synchronized State state() {
        return state;
    }
}
