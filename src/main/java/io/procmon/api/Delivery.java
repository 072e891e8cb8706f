package io.procmon.api;

import io.procmon.config.ProcmonConfig;
import io.procmon.spool.Entry;
import io.procmon.spool.Spool;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Brings reports from the spool to the backend, and does not come back before there is an end to it: the backend has them,
 * will never take one, or fails at this very one while others may pass.
 *
 * <p>A batch that is not taken as a whole is brought one by one: what the backend cannot take harms nothing but itself.
 */
@Singleton
public class Delivery {

    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    /** How many failures in a row mean that the backend is away. */
    private static final int TOLERANCE = 5;

    /** How often a backend may fail at one report before those behind it are let past. */
    private static final int PATIENCE = 5;

    private final Backend backend;
    private final Spool spool;
    private final Duration longestWait;
    private final RetryPolicy backOff;
    private final CircuitBreaker circuit;
    private final Set<Long> troublesome = ConcurrentHashMap.newKeySet();
    private final Map<DeliveryFailure, LongAdder> troubles = new EnumMap<>(DeliveryFailure.class);
    private volatile boolean silent;

    @Inject
    public Delivery(ProcmonConfig config, Backends backends, Spool spool) {
        this(config, backends.chosen(), spool);
    }

    Delivery(ProcmonConfig config, Backend backend, Spool spool) {
        this.backend = backend;
        this.spool = spool;
        longestWait = config.api().retryWait();
        for (DeliveryFailure trouble : DeliveryFailure.values()) {
            troubles.put(trouble, new LongAdder());
        }
        backOff = new RetryPolicy(FIRST_WAIT, longestWait);
        circuit = new CircuitBreaker(TOLERANCE, backOff, ThreadLocalRandom::current);
    }

    /** Whether the backend answers at present, as far as is known. */
    public boolean isBackendAway() {
        return circuit.state() != CircuitBreaker.State.CLOSED;
    }

    /** What the circuit does: {@code closed}, {@code open} or {@code probing}. */
    public String circuitState() {
        return circuit.state().label();
    }

    /** How many attempts failed so that another was due. */
    public long troubles(DeliveryFailure trouble) {
        return troubles.get(trouble).sum();
    }

    /** Delivers a batch. There is a receipt for each entry, in the same order. */
    public Uni<List<Receipt>> deliver(List<Entry> batch) {
        return attempt(batch)
                .onItem()
                .transformToUni(answer -> isEnd(batch, answer, 1) ? conclude(batch, answer) : keepTrying(batch));
    }

    /** Tells the spool. */
    public void settle(Receipt receipt) {
        switch (receipt) {
            case Receipt.Delivered delivered -> spool.done(delivered.entry());
            case Receipt.Rejected rejected -> spool.dead(rejected.entry(), rejected.status(), rejected.answer());
            case Receipt.Postponed postponed -> spool.later(postponed.entry(), postponed.pause());
        }
    }

    private Uni<Answer> attempt(List<Entry> batch) {
        return circuit.admission()
                .chain(() -> backend.send(batch.stream().map(Entry::report).toList()))
                .invoke(answer -> heed(answer, batch));
    }

    /** Repeats in a loop, not in a chain: a chain of a week's attempts would be as long as the week. */
    private Uni<List<Receipt>> keepTrying(List<Entry> batch) {
        AtomicInteger attempts = new AtomicInteger(1);
        return pause(1).chain(() -> attempt(batch))
                .invoke(answer -> {
                    if (!isEnd(batch, answer, attempts.incrementAndGet())) {
                        throw new NotYet();
                    }
                })
                .onFailure(NotYet.class)
                .retry()
                .when(failures -> failures.onItem().transformToUniAndConcatenate(_ -> pause(attempts.get())))
                .chain(answer -> conclude(batch, answer));
    }

    /** A wait, which ends with an item: one that is null would be none to {@code when}. */
    private Uni<Integer> pause(int failures) {
        return Uni.createFrom()
                .item(failures)
                .onItem()
                .delayIt()
                .by(backOff.after(failures, ThreadLocalRandom.current()));
    }

    /** Whether there is no point in bringing the batch as it is once more. */
    private boolean isEnd(List<Entry> batch, Answer answer, int attempts) {
        return !(answer instanceof Answer.TryAgain again)
                || (again.isMaybeItsOwnFault()
                        && (batch.size() > 1
                                || attempts >= PATIENCE
                                || troublesome.contains(batch.getFirst().position())));
    }

    private Uni<List<Receipt>> conclude(List<Entry> batch, Answer answer) {
        if (batch.size() > 1 && !answer.isForAll()) {
            return oneByOne(batch);
        }
        return Uni.createFrom()
                .item(batch.stream().map(entry -> receipt(entry, answer)).toList());
    }

    private Uni<List<Receipt>> oneByOne(List<Entry> batch) {
        return Multi.createFrom()
                .iterable(batch)
                .onItem()
                .transformToUniAndConcatenate(entry -> deliver(List.of(entry)))
                .map(List::getFirst)
                .collect()
                .asList();
    }

    private Receipt receipt(Entry entry, Answer answer) {
        return switch (answer) {
            case Answer.Accepted accepted -> {
                forgive(entry);
                yield new Receipt.Delivered(entry, accepted.status());
            }
            case Answer.Refused refused -> {
                forgive(entry);
                yield new Receipt.Rejected(entry, refused.status(), refused.text());
            }
            case Answer.TryAgain again -> postponed(entry, again);
        };
    }

    private Receipt postponed(Entry entry, Answer.TryAgain answer) {
        troublesome.add(entry.position());
        return new Receipt.Postponed(entry, answer.cause(), longestWait);
    }

    private void forgive(Entry entry) {
        if (!troublesome.isEmpty()) {
            troublesome.remove(entry.position());
        }
    }

    /** Tells the circuit how it went, and the operator when it goes away and when it is back. */
    private void heed(Answer answer, List<Entry> batch) {
        switch (answer) {
            case Answer.Accepted _, Answer.Refused _ -> {
                circuit.succeeded();
                if (silent) {
                    silent = false;
                    Log.infof("%s takes activities again", backend.address());
                }
            }
            case Answer.TryAgain again -> {
                troubles.get(again.trouble()).increment();
                circuit.failed(again.after().orElse(Duration.ZERO));
                if (!silent && isBackendAway()) {
                    silent = true;
                    Log.warnf(
                            "%s takes nothing (%s): activities wait in the spool, and it is tried again",
                            backend.address(), again.cause());
                }
                batch.forEach(entry -> EventLog.about(
                        entry.report().eventId(), () -> Log.debugf("an attempt to deliver failed: %s", again.cause())));
            }
        }
    }

    /** The backend did not take it, and may another time. */
    private static final class NotYet extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotYet() {
            super("not yet", null, false, false);
        }
    }
}
