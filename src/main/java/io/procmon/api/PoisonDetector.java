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
 * Decides on the retry of an activity after a failed delivery attempt. A poison message is an activity that always
 * fails (a reset, a timeout, a 5xx) while the backend accepts others. It must neither delay others nor be retried for
 * ever.
 *
 * <p>The rule:
 * <ul>
 * <li>A failure <i>counts</i> if the backend answered another activity since the last failure of this one. While the
 * backend is unavailable, no failure counts. A 401, and an answer with Retry-After, never count.
 * <li>An activity keeps its place for its first two failures: it is retried after a short wait, and later activities of
 * the same student wait for it.
 * <li>From the third failure on, an activity with a counted failure is postponed: later activities of the same student
 * pass it. After five failures, a 500 postpones it even if no failure counted.
 * <li>The pause begins at {@code procmon.api.retry-wait} and doubles up to four times.
 * <li>After seven counted failures, the activity becomes a dead letter: with the default settings, after a quarter of
 * an hour.
 * </ul>
 *
 * <p>The counts are kept in memory and start again at zero after a restart. Thread-safe.
 */
final class PoisonDetector {

    private static final int FAILURES_IN_PLACE = 2;
    private static final int SERVER_ERRORS_IN_PLACE = 4;
    private static final int MOST_COUNTED = 7;
    private static final int DOUBLINGS = 4;

    /**
     * The largest number of activities with counts. The limit drops the counts of activities that the spool discarded.
     */
    private static final int MOST_REMEMBERED = 4096;

    private final RetryPolicy retry;
    private final Supplier<? extends RandomGenerator> random;
    private final Map<Long, Failures> byPosition = new LinkedHashMap<>();
    private long answers;

    /** The failures of one activity since start-up. */
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

    /** @param retry the waits between attempts; its longest wait is the first pause of a postponed activity */
    PoisonDetector(RetryPolicy retry, Supplier<? extends RandomGenerator> random) {
        this.retry = retry;
        this.random = random;
    }

    /** Reports that the backend answered an activity, with any status. */
    synchronized void answered(Entry entry) {
        answers++;
        byPosition.remove(entry.position());
    }

    /** Whether the activity was postponed before. */
    synchronized boolean isSuspect(Entry entry) {
        return byPosition.getOrDefault(entry.position(), Failures.NONE).postponed > 0;
    }

    /** Whether the backend answered another activity since the last failure of this one. */
    synchronized boolean othersPassed(Entry entry) {
        return answers > byPosition.getOrDefault(entry.position(), Failures.NONE).answersBefore;
    }

    /**
     * Decides on the activity after a failed attempt.
     *
     * @return failed, with the wait before the retry; postponed; or rejected
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
