package io.procmon.api;

import io.procmon.config.ProcmonConfig;
import io.procmon.spool.Entry;
import io.procmon.spool.Spool;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Brings a report from the spool to the backend, and does not come back before there is an end to it: the backend has it,
 * will never take it, or fails at this very one while others may pass.
 */
@ApplicationScoped
public class Courier {

    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    /** How many failures in a row mean that the backend is away. */
    private static final int TOLERANCE = 5;

    /** How often a backend may fail at one report before those behind it are let past. */
    private static final int PATIENCE = 5;

    private final Backend backend;
    private final Spool spool;
    private final Duration longestWait;
    private final BackOff backOff;
    private final Circuit circuit;
    private final Set<Long> troublesome = ConcurrentHashMap.newKeySet();
    private final Map<Trouble, LongAdder> troubles = new EnumMap<>(Trouble.class);
    private volatile boolean silent;

    @Inject
    public Courier(ProcmonConfig config, Backend backend, Spool spool) {
        this.backend = backend;
        this.spool = spool;
        longestWait = config.api().retryWait();
        for (Trouble trouble : Trouble.values()) {
            troubles.put(trouble, new LongAdder());
        }
        backOff = new BackOff(FIRST_WAIT, longestWait);
        circuit = new Circuit(TOLERANCE, backOff, ThreadLocalRandom::current);
    }

    /** Whether the backend answers at present, as far as is known. */
    public boolean isBackendAway() {
        return circuit.state() != Circuit.State.CLOSED;
    }

    /** What the circuit does: {@code closed}, {@code open} or {@code probing}. */
    public String circuitState() {
        return circuit.state().label();
    }

    /** How many attempts failed so that another was due. */
    public long troubles(Trouble trouble) {
        return troubles.get(trouble).sum();
    }

    /** Delivers. The order of what is given by one caller after the other is kept, but for what is postponed. */
    public Uni<Receipt> deliver(Entry entry) {
        return attempt(entry).onItem().transformToUni(answer -> switch (answer) {
            case Answer.TryAgain again -> keepTrying(entry, again);
            case Answer.Accepted _, Answer.Refused _ -> Uni.createFrom().item(receipt(entry, answer));
        });
    }

    /** Tells the spool. */
    public void settle(Receipt receipt) {
        switch (receipt) {
            case Receipt.Delivered delivered -> spool.done(delivered.entry());
            case Receipt.Rejected rejected -> spool.dead(rejected.entry(), rejected.status(), rejected.answer());
            case Receipt.Postponed postponed -> spool.later(postponed.entry(), postponed.pause());
        }
    }

    private Uni<Answer> attempt(Entry entry) {
        return circuit.admission().chain(() -> backend.send(entry.report())).invoke(this::heed);
    }

    /** Repeats in a loop, not in a chain: a chain of a week's attempts would be as long as the week. */
    private Uni<Receipt> keepTrying(Entry entry, Answer.TryAgain first) {
        AtomicInteger attempts = new AtomicInteger(1);
        if (isEnough(entry, first, attempts.get())) {
            return Uni.createFrom().item(postponed(entry, first));
        }
        return pause(1).chain(() -> attempt(entry))
                .map(answer -> {
                    if (answer instanceof Answer.TryAgain again
                            && !isEnough(entry, again, attempts.incrementAndGet())) {
                        throw new NotYet();
                    }
                    return receipt(entry, answer);
                })
                .onFailure(NotYet.class)
                .retry()
                .when(failures -> failures.onItem().transformToUniAndConcatenate(_ -> pause(attempts.get())));
    }

    /** A wait, which ends with an item: one that is null would be none to {@code when}. */
    private Uni<Integer> pause(int failures) {
        return Uni.createFrom()
                .item(failures)
                .onItem()
                .delayIt()
                .by(backOff.after(failures, ThreadLocalRandom.current()));
    }

    private boolean isEnough(Entry entry, Answer.TryAgain answer, int attempts) {
        return answer.isMaybeItsOwnFault() && (attempts >= PATIENCE || troublesome.contains(entry.position()));
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
    private void heed(Answer answer) {
        switch (answer) {
            case Answer.Accepted _, Answer.Refused _ -> {
                circuit.succeeded();
                if (silent) {
                    silent = false;
                    Log.infof("the backend %s takes activities again", backend.endpoint());
                }
            }
            case Answer.TryAgain again -> {
                troubles.get(again.trouble()).increment();
                circuit.failed(again.after().orElse(Duration.ZERO));
                if (!silent && isBackendAway()) {
                    silent = true;
                    Log.warnf(
                            "the backend %s takes nothing (%s): activities wait in the spool, and it is tried again",
                            backend.endpoint(), again.cause());
                } else {
                    Log.debugf("an attempt to deliver failed: %s", again.cause());
                }
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
