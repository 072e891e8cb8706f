package io.procmon.handlers;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a handler decided.
 *
 * @param <T> what the next handler gets
 */
public sealed interface Outcome<T> {

    /**
     * On to the next handler.
     *
     * @param value what it gets
     */
    record Continue<T>(T value) implements Outcome<T> {}

    /**
     * Of no interest, for a reason.
     *
     * @param reason which
     */
    record Stop<T>(Reason reason) implements Outcome<T> {}

    /**
     * A handler is broken. The stream goes on without this one item.
     *
     * @param handler its class
     * @param cause what it threw
     */
    record Failed<T>(String handler, Throwable cause) implements Outcome<T> {}

    static <T> Outcome<T> proceed(T value) {
        return new Continue<>(value);
    }

    static <T> Outcome<T> stop(Reason reason) {
        return new Stop<>(reason);
    }

    /** What goes on; empty if nothing does. */
    default Optional<T> proceeding() {
        return this instanceof Continue<T>(var value) ? Optional.of(value) : Optional.empty();
    }

    /** Gives the value to the next handler, if there is one; a handler that throws makes it {@link Failed}. */
    default <R> Outcome<R> then(Function<T, Outcome<R>> handler) {
        return then(handler.getClass().getSimpleName(), handler);
    }

    /**
     * The same for a handler that goes by another name than its class.
     *
     * @param name under which its failures are reported
     */
    default <R> Outcome<R> then(String name, Function<T, Outcome<R>> handler) {
        return switch (this) {
            case Continue<T>(var value) -> {
                try {
                    yield Objects.requireNonNull(handler.apply(value), "a handler decides: it returns an Outcome");
                } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError bug) {
                    // Errors too: a pattern of java.util.regex runs out of stack on a name that is long enough.
                    yield new Failed<>(name, bug);
                }
            }
            case Stop<T>(var reason) -> new Stop<>(reason);
            case Failed<T>(var broken, var cause) -> new Failed<>(broken, cause);
        };
    }
}
