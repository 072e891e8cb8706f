package io.procmon.api;

import io.procmon.config.ProcmonConfig;
import io.procmon.process.Student;
import io.procmon.spool.DeliveryFailure;
import io.procmon.spool.DeliveryOutcome;
import io.procmon.spool.DeliveryResult;
import io.procmon.spool.Entry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Delivers batches to the backend with one attempt each. The outcome says whether an entry is delivered, rejected, or
 * due for a retry; the spool keeps the entry and the time of the retry.
 *
 * <p>If the backend rejects a batch, each entry is delivered alone, so that one rejected entry does not affect the
 * others. {@link PoisonDetector} decides on retries of an entry that failed.
 */
@Singleton
public class Delivery {

    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    /** The number of failures in a row that opens the circuit. */
    private static final int TOLERANCE = 5;

    private final Backend backend;
    private final int concurrency;
    private final int batchSize;
    private final CircuitBreaker circuit;
    private final PoisonDetector poison;
    private final Map<DeliveryFailure, LongAdder> failures = new EnumMap<>(DeliveryFailure.class);
    private final Duration timeout;
    private final LongAdder requests = new LongAdder();
    private final LongAdder answers = new LongAdder();
    private volatile boolean silent;

    @Inject
    public Delivery(ProcmonConfig config, Backends backends) {
        this(config, backends.chosen());
    }

    Delivery(ProcmonConfig config, Backend backend) {
        this.backend = backend;
        concurrency = config.api().concurrency();
        batchSize = config.api().batchSize();
        timeout = config.api().timeout();
        for (DeliveryFailure failure : DeliveryFailure.values()) {
            failures.put(failure, new LongAdder());
        }
        RetryPolicy retry = new RetryPolicy(FIRST_WAIT, config.api().retryWait());
        circuit = new CircuitBreaker(TOLERANCE, retry, ThreadLocalRandom::current);
        poison = new PoisonDetector(retry, ThreadLocalRandom::current);
    }

    /** Whether the circuit breaker considers the backend unavailable. */
    public boolean isBackendAway() {
        return circuit.state() != CircuitBreaker.State.CLOSED;
    }

    /** The state of the circuit: {@code closed}, {@code open} or {@code probing}. */
    public String circuitState() {
        return circuit.state().label();
    }

    /** The number of attempts since start-up that failed in this way and led to a retry. */
    public long failures(DeliveryFailure failure) {
        return failures.get(failure).sum();
    }

    /** The number of requests since start-up. */
    public long requests() {
        return requests.sum();
    }

    /** The number of requests that have ended, in any way. */
    public long answers() {
        return answers.sum();
    }

    /** The time limit of a request. */
    public Duration timeout() {
        return timeout;
    }

    /** The largest number of activities in one request. */
    public int batchSize() {
        return batchSize;
    }

    /** Where the backend's requests should begin; empty if they need a thread of their own. */
    public Optional<Executor> executor() {
        return backend.executor();
    }

    /**
     * Delivers up to {@code procmon.api.concurrency} batches at a time. A batch is requested only when its request can
     * begin, so that the spool can choose among students until then.
     *
     * @param executor writes the requests, so that the spool's thread is free for the disk
     */
    public Multi<DeliveryResult> deliverAll(Multi<List<Entry>> batches, Executor executor) {
        return batches.onItem()
                .transformToUni(batch -> deliver(batch).runSubscriptionOn(executor))
                .merge(concurrency)
                .onItem()
                .<DeliveryResult>disjoint();
    }

    /** Delivers a batch of one student, in order. Returns one result for each entry, in the same order. Never fails. */
    public Uni<List<DeliveryResult>> deliver(List<Entry> batch) {
        Entry first = batch.getFirst();
        return batch.size() > 1 && poison.isSuspect(first)
                ? deliver(List.of(List.of(first), batch.subList(1, batch.size())), this::deliver)
                : attempt(batch).chain(outcome -> conclude(batch, outcome));
    }

    private Uni<DeliveryOutcome> attempt(List<Entry> batch) {
        return circuit.admission(student(batch)).chain(() -> send(batch)).invoke(outcome -> heed(outcome, batch));
    }

    private Uni<DeliveryOutcome> send(List<Entry> batch) {
        requests.increment();
        return backend.send(batch.stream().map(Entry::report).toList()).eventually(answers::increment);
    }

    private static Student student(List<Entry> batch) {
        return batch.getFirst().report().student();
    }

    private Uni<List<DeliveryResult>> conclude(List<Entry> batch, DeliveryOutcome outcome) {
        if (batch.size() > 1 && !isForAll(batch, outcome)) {
            return deliver(batch.stream().map(List::of).toList(), this::deliver);
        }
        return Uni.createFrom().item(results(batch, decide(batch.getFirst(), outcome)));
    }

    /**
     * Whether the outcome of a batch applies to each of its entries. A failure applies to all, unless the backend
     * answers other requests.
     */
    private boolean isForAll(List<Entry> batch, DeliveryOutcome outcome) {
        return switch (outcome) {
            case DeliveryOutcome.Delivered delivered -> delivered.isForAll();
            case DeliveryOutcome.Rejected _ -> false;
            case DeliveryOutcome.Failed failed ->
                failed.failure() != DeliveryFailure.SERVER_ERROR && !poison.othersPassed(batch.getFirst());
            case DeliveryOutcome.Postponed _ -> true;
        };
    }

    private DeliveryOutcome decide(Entry entry, DeliveryOutcome outcome) {
        return switch (outcome) {
            case DeliveryOutcome.Failed failed -> poison.failed(entry, failed);
            case DeliveryOutcome.Delivered _, DeliveryOutcome.Rejected _, DeliveryOutcome.Postponed _ -> {
                poison.answered(entry);
                yield outcome;
            }
        };
    }

    /**
     * Delivers batches one after the other. After a failure that keeps its place, the remaining batches are not
     * attempted.
     */
    private static Uni<List<DeliveryResult>> deliver(
            List<List<Entry>> batches, Function<List<Entry>, Uni<List<DeliveryResult>>> deliver) {
        AtomicReference<DeliveryOutcome> stopped = new AtomicReference<>();
        return Multi.createFrom()
                .iterable(batches)
                .onItem()
                .transformToUniAndConcatenate(batch -> stopped.get() == null
                        ? deliver.apply(batch).invoke(results -> stop(results, stopped))
                        : Uni.createFrom().item(results(batch, stopped.get())))
                .onItem()
                .<DeliveryResult>disjoint()
                .collect()
                .asList();
    }

    private static void stop(List<DeliveryResult> results, AtomicReference<DeliveryOutcome> stopped) {
        DeliveryOutcome last = results.getLast().outcome();
        if (last instanceof DeliveryOutcome.Failed) {
            stopped.set(last);
        }
    }

    private static List<DeliveryResult> results(List<Entry> batch, DeliveryOutcome outcome) {
        return batch.stream().map(entry -> new DeliveryResult(entry, outcome)).toList();
    }

    /**
     * Reports the outcome to the circuit breaker, and logs when the backend becomes unavailable and available again.
     */
    private void heed(DeliveryOutcome outcome, List<Entry> batch) {
        if (outcome instanceof DeliveryOutcome.Failed failed) {
            failures.get(failed.failure()).increment();
            circuit.failed(student(batch), failed.after().orElse(Duration.ZERO));
            if (!silent && isBackendAway()) {
                silent = true;
                Log.warnf(
                        "%s does not accept activities (%s): they wait in the spool, and delivery is retried",
                        backend.address(), failed.cause());
            }
            batch.forEach(entry -> EventLog.about(
                    entry.report().eventId(), () -> Log.debugf("a delivery attempt failed: %s", failed.cause())));
        } else {
            circuit.succeeded();
            if (silent) {
                silent = false;
                Log.infof("%s accepts activities again", backend.address());
            }
        }
    }
}
