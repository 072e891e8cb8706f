package io.procmon.bench;

import java.io.IOException;
import java.time.Duration;

/** Waiting for what another process does. */
final class Patience {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Duration STEP = Duration.ofMillis(20);

    /** Whether it is so. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    /** How much there is. */
    @FunctionalInterface
    interface Amount {
        long now() throws IOException;
    }

    private Patience() {}

    /** Waits until it is so. */
    static void await(String what, Condition condition) throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("waited in vain for " + what);
            }
            pause();
        }
    }

    /** Waits until there is as much as expected, or no more comes. */
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
