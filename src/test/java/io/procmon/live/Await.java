package io.procmon.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition. The deadline only ends a test that would wait for ever; no test depends on a duration. */
public final class Await {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Await() {}

    /** Waits until a condition holds. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, DEADLINE, condition);
    }

    /** Waits until a condition holds, with a deadline given by the test. */
    static void until(String what, Duration patience, BooleanSupplier condition) {
        value(what, patience, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Waits until there is a value. */
    static <T> T value(String what, Supplier<Optional<T>> source) {
        return value(what, DEADLINE, source);
    }

    private static <T> T value(String what, Duration patience, Supplier<Optional<T>> source) {
        Instant deadline = Instant.now().plus(patience);
        for (Optional<T> value = source.get(); ; value = source.get()) {
            if (value.isPresent()) {
                return value.get();
            }
            if (Instant.now().isAfter(deadline) || Thread.interrupted()) {
                throw new AssertionError("waited in vain until " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
