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
 * A circuit breaker that holds requests back while the backend is unavailable. It opens after some failures in a row.
 * All requests then wait, except for a probe from time to time. The first success closes it and releases the waiting
 * requests. Thread-safe.
 *
 * <p>One student's activity that always fails could open the circuit while the backend works. Therefore a student
 * without a failed request since the last success may probe at once, at most one student in half a second. If the
 * backend asks for a pause, no request is sent before the pause has ended.
 *
 * <p>MicroProfile's circuit breaker fails the requests that it stops, and each caller would have to retry. This one
 * lets the requests wait.
 */
final class CircuitBreaker {

    /** The state of the circuit. */
    enum State {
        /** All requests pass. */
        CLOSED,
        /** Requests wait. After the back-off, the next request passes as a probe. */
        OPEN,
        /** A probe is being sent. */
        PROBING;

        /** The value in metrics. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Pause between two students who probe without waiting. */
    private static final Duration NEWCOMER_PAUSE = Duration.ofMillis(500);

    private final int tolerance;
    private final RetryPolicy backOff;
    private final Supplier<? extends RandomGenerator> random;
    private final Executor executor;
    private final Deque<Request> waiting = new ArrayDeque<>();

    /** The students with a failed request since the last success. */
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

    /** @param tolerance the number of failures in a row that opens the circuit */
    CircuitBreaker(int tolerance, RetryPolicy backOff, Supplier<? extends RandomGenerator> random) {
        this(tolerance, backOff, random, Infrastructure.getDefaultWorkerPool());
    }

    CircuitBreaker(int tolerance, RetryPolicy backOff, Supplier<? extends RandomGenerator> random, Executor executor) {
        this.tolerance = tolerance;
        this.backOff = backOff;
        this.random = random;
        this.executor = executor;
    }

    /** Completes when a student's request may be sent. The caller must report its success or failure. */
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

    /** Reports that the backend answered, with any status. */
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
     * Reports that a student's request failed.
     *
     * @param pause the time for which the backend asks to receive no requests; zero if it does not ask
     */
    synchronized void failed(Student student, Duration pause) {
        failed.add(student);
        if (state == State.OPEN) {
            return; // the request was sent before the circuit opened
        }
        failures++;
        if (state == State.CLOSED && failures < tolerance && pause.isZero()) {
            return; // too few failures to open
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
