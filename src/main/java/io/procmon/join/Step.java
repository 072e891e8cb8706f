package io.procmon.join;

import io.procmon.events.ExecRecord;
import io.procmon.events.ExitRecord;
import io.procmon.handlers.Outcome;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the stream carries before exec and exit meet: a beginning that is understood step by step, or an end, which
 * waits for its turn.
 *
 * @param <T> how far the beginning is understood
 */
public sealed interface Step<T> {

    /**
     * An exec.
     *
     * @param exec what began
     * @param understood what is known of it by now, or why nobody wants to know more
     * @param part what it is, if it is stopped as a part of something else: what it writes, that has written
     */
    record Begin<T>(ExecRecord exec, Outcome<T> understood, Optional<T> part) implements Step<T> {

        /** One that is no part of anything, as far as is known. */
        public Begin(ExecRecord exec, Outcome<T> understood) {
            this(exec, understood, Optional.empty());
        }
    }

    /**
     * An exit.
     *
     * @param exit how it ended
     */
    record End<T>(ExitRecord exit) implements Step<T> {}

    /** A handler as an operator of the stream: it sees the beginnings and lets the ends pass. */
    static <A, B> Function<Step<A>, Step<B>> begin(Function<A, Outcome<B>> handler) {
        return step -> switch (step) {
            case Begin<A> begin -> new Begin<>(begin.exec(), begin.understood().then(handler));
            case End<A>(var exit) -> new End<>(exit);
        };
    }
}
