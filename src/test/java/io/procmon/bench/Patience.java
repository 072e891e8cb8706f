package io.procmon.bench;

import java.io.IOException;
import java.time.Duration;

/** Waits for other processes. */
final class Patience {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Duration STEP = Duration.ofMillis(20);

    /** A condition to wait for. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    /** A number to wait for. */
    @FunctionalInterface
    interface Amount {
        long now() throws IOException;
    }

    private Patience() {}

    /** Waits until a condition holds. */
    static void await(String what, Condition condition) throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("waited in vain for " + what);
            }
            pause();
        }
    }

    /** Waits until a number has the expected value, or no longer grows. */
    static void awaitQuiet(long expected, Amount amount) throws IOException {
        long latest = amount.now();
        long since = System.nanoTime();
        while (latest < expected && System.nanoTime() - since < QUIET.toNanos()) {
            pause();
            long now = amount.now();
            if (now != latest) {
                latest = now;
                since = System.nanoTime();
            }
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(STEP);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }
}
