package io.procmon.handlers;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The decision of a handler.
 *
 * @param <T> the input of the next handler
 */
public sealed interface Outcome<T> {

    /**
     * Pass a value to the next handler.
     *
     * @param value the input of the next handler
     */
    record Continue<T>(T value) implements Outcome<T> {}

    /**
     * Stop, for a reason.
     *
     * @param reason the reason
     */
    record Stop<T>(Reason reason) implements Outcome<T> {}

    /**
     * The handler failed. The stream continues without this item.
     *
     * @param handler the name of the handler
     * @param cause the exception that it threw
     */
    record Failed<T>(String handler, Throwable cause) implements Outcome<T> {}

    static <T> Outcome<T> proceed(T value) {
        return new Continue<>(value);
    }

    static <T> Outcome<T> stop(Reason reason) {
        return new Stop<>(reason);
    }

    /** The value for the next handler; empty if there is none. */
    default Optional<T> proceeding() {
        return this instanceof Continue<T>(var value) ? Optional.of(value) : Optional.empty();
    }

    /** Passes the value to the next handler. If that handler throws, the outcome is {@link Failed}. */
    default <R> Outcome<R> then(Function<T, Outcome<R>> handler) {
        return then(handler.getClass().getSimpleName(), handler);
    }

    /**
     * The same for a handler with a name other than that of its class.
     *
     * @param name the name in reports of failures
     */
    default <R> Outcome<R> then(String name, Function<T, Outcome<R>> handler) {
        return switch (this) {
            case Continue<T>(var value) -> {
                try {
                    yield Objects.requireNonNull(handler.apply(value), "a handler decides: it returns an Outcome");
                } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError bug) {
                    // Errors too: java.util.regex overflows the stack on a name that is long enough.
                    yield new Failed<>(name, bug);
                }
            }
            case Stop<T>(var reason) -> new Stop<>(reason);
            case Failed<T>(var broken, var cause) -> new Failed<>(broken, cause);
        };
    }
}
