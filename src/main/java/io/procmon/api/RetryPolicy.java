package io.procmon.api;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits that double with each failure. A random part shortens each wait, so that nodes that lost the backend together
 * do not retry together.
 *
 * <p>A failed activity waits in the spool and not in an operator such as {@code onFailure().retry()}, so that it
 * survives a restart and the student's other activities keep their order.
 *
 * @param first the wait after the first failure
 * @param longest the upper limit of a wait
 */
record RetryPolicy(Duration first, Duration longest) {

    private static final int DOUBLINGS = 20;

    /**
     * The wait after a number of failures in a row: a random time between half and all of the doubled wait.
     *
     * @param failures at least 1
     */
    Duration after(int failures, RandomGenerator random) {
        long wait = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, DOUBLINGS));
        return Duration.ofMillis(wait / 2 + random.nextLong(wait / 2 + 1));
    }
}
