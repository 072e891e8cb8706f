package io.procmon.api;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits that double from one failure to the next, each shortened by chance, so that a hundred nodes that lost the backend
 * together do not come back together.
 *
 * @param first the first wait
 * @param longest the longest wait
 */
record RetryPolicy(Duration first, Duration longest) {

    private static final int DOUBLINGS = 20;

    /** How long to wait after so many failures in a row, from 1: between half of it and all of it. */
    Duration after(int failures, RandomGenerator random) {
        long wait = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, DOUBLINGS));
        return Duration.ofMillis(wait / 2 + random.nextLong(wait / 2 + 1));
    }
}
