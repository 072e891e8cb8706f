package io.procmon.api;

import io.procmon.spool.DeliveryFailure;
import io.procmon.spool.DeliveryOutcome;
import io.procmon.spool.Entry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Decides how an activity goes on after an attempt to deliver it failed. An activity that always fails (a reset, a timeout, a
 * 5xx) while the backend takes others is a poison message: it must not delay others, and it must not be retried for ever.
 *
 * <p>The rule:
 *
 * <ul>
 *   <li>A failure <i>counts</i> if the backend answered the delivery of another activity since the last failure of this one.
 *       While the backend is away, nothing counts. A 401, and an answer with Retry-After, never count.
 *   <li>An activity keeps its place for its first two failures: the next attempt follows after a short wait, and later
 *       activities of the same student wait for it.
 *   <li>From the third failure on, if one failure counted, it is postponed: later activities of the same student pass. So it
 *       is after five answers of the kind 500, even if the backend answers nobody else.
 *   <li>The pause begins at {@code procmon.api.retry-wait}, and doubles four times.
 *   <li>After seven failures that counted, it becomes a dead letter: with the default settings, after a quarter of an hour.
 * </ul>
 *
 * <p>The counts are in memory: they begin anew after a restart. Thread-safe.
 */
final class PoisonDetector {

    private static final int FAILURES_IN_PLACE = 2;
    private static final int SERVER_ERRORS_IN_PLACE = 4;
    private static final int MOST_COUNTED = 7;
    private static final int DOUBLINGS = 4;

    /** How many activities are remembered: those that the spool discarded are never heard of again. */
    private static final int MOST_REMEMBERED = 4096;

    private final RetryPolicy retry;
    private final Supplier<? extends RandomGenerator> random;
    private final Map<Long, Failures> byPosition = new LinkedHashMap<>();
    private long answers;

    /** The failures of one activity so far. */
    private record Failures(int all, int counted, int postponed, long answersBefore) {

        static final Failures NONE = new Failures(0, 0, 0, Long.MAX_VALUE);

        Failures plus(long answers, boolean mayCount) {
            boolean counts = mayCount && answers > answersBefore;
            return new Failures(all + 1, counted + (counts ? 1 : 0), postponed, answers);
        }

        Failures plusPostponed() {
            return new Failures(all, counted, postponed + 1, answersBefore);
        }

        boolean isItsOwn(DeliveryFailure last) {
            return (all > FAILURES_IN_PLACE && counted > 0)
                    || (all > SERVER_ERRORS_IN_PLACE && last == DeliveryFailure.SERVER_ERROR);
        }
    }

    /** @param retry the waits between attempts; the longest is the first pause of a postponed activity */
    PoisonDetector(RetryPolicy retry, Supplier<? extends RandomGenerator> random) {
        this.retry = retry;
        this.random = random;
    }

    /** The backend answered the delivery of an activity, whatever the answer was. */
    synchronized void answered(Entry entry) {
        answers++;
        byPosition.remove(entry.position());
    }

    /** Whether an activity was postponed before. */
    synchronized boolean isSuspect(Entry entry) {
        return byPosition.getOrDefault(entry.position(), Failures.NONE).postponed > 0;
    }

    /** Whether the backend answered the delivery of another activity since the last failure of this one. */
    synchronized boolean othersPassed(Entry entry) {
        return answers > byPosition.getOrDefault(entry.position(), Failures.NONE).answersBefore;
    }

    /**
     * How an activity goes on after an attempt failed.
     *
     * @return failed, with the wait before the next attempt; postponed; or rejected
     */
    synchronized DeliveryOutcome failed(Entry entry, DeliveryOutcome.Failed failure) {
        boolean mayCount = failure.failure() != DeliveryFailure.UNAUTHORIZED
                && failure.after().isEmpty();
        Failures failures =
                byPosition.getOrDefault(entry.position(), Failures.NONE).plus(answers, mayCount);
        if (failures.counted >= MOST_COUNTED) {
            byPosition.remove(entry.position());
            return new DeliveryOutcome.Rejected(
                    DeliveryOutcome.NO_STATUS,
                    "no answer after %d attempts while others were answered; the last one: %s"
                            .formatted(failures.all, failure.cause()));
        }
        if (failures.isItsOwn(failure.failure())) {
            remember(entry, failures.plusPostponed());
            return new DeliveryOutcome.Postponed(failure.cause(), pause(failures.postponed));
        }
        remember(entry, failures);
        Duration wait = retry.after(failures.all, random.get());
        return new DeliveryOutcome.Failed(failure.cause(), failure.failure(), Optional.of(wait));
    }

    private Duration pause(int postponed) {
        int doublings = Math.min(postponed, DOUBLINGS);
        return new RetryPolicy(retry.longest(), retry.longest().multipliedBy(1L << DOUBLINGS))
                .after(doublings + 1, random.get());
    }

    private void remember(Entry entry, Failures failures) {
        byPosition.remove(entry.position());
        byPosition.put(entry.position(), failures);
        if (byPosition.size() > MOST_REMEMBERED) {
            byPosition.remove(byPosition.keySet().iterator().next());
        }
    }
}
