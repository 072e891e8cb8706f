package io.procmon.join;

import io.procmon.events.Attributed;
import io.procmon.events.ExecRecord;
import io.procmon.events.ExitRecord;
import io.procmon.events.Started;
import io.procmon.handlers.HomeworkHandler;
import io.procmon.handlers.Outcome;
import java.util.Optional;
import java.util.function.Function;

/**
 * An item of the stream before execs and exits are matched. It is an exec, which the handlers interpret one after the
 * other, or an exit, which passes the handlers.
 *
 * @param <T> the known facts about the exec
 */
public sealed interface Step<T> {

    /**
     * An exec.
     *
     * @param exec the record of the kernel
     * @param understood the facts about it that are known so far, or the reason why it was stopped
     * @param part the build, if it is not reported: a part of another build, or a build outside of any homework. Its
     * files are remembered as well
     */
    record Begin<T>(ExecRecord exec, Outcome<T> understood, Optional<T> part) implements Step<T> {

        /** An exec that is not known to be an unreported build. */
        public Begin(ExecRecord exec, Outcome<T> understood) {
            this(exec, understood, Optional.empty());
        }
    }

    /**
     * An exit.
     *
     * @param exit the record of the kernel
     */
    record End<T>(ExitRecord exit) implements Step<T> {}

    /** The same step after a bug: an exec becomes a failed outcome; an exit passes. */
    static <T> Step<T> failed(Step<T> step, String stage, Throwable bug) {
        return switch (step) {
            case Begin<T> begin -> new Begin<>(begin.exec(), new Outcome.Failed<>(stage, bug));
            case End<T> end -> end;
        };
    }

    /** Makes a handler an operator of the stream: the handler interprets execs; exits pass. */
    static <A, B> Function<Step<A>, Step<B>> begin(Function<A, Outcome<B>> handler) {
        return step -> switch (step) {
            case Begin<A> begin -> new Begin<>(begin.exec(), begin.understood().then(handler));
            case End<A>(var exit) -> new End<>(exit);
        };
    }

    /** Makes the homework handler an operator of the stream. It also keeps builds that are not reported. */
    static Function<Step<Attributed>, Step<Started>> begin(HomeworkHandler handler) {
        return step -> switch (step) {
            case Begin<Attributed> begin -> {
                Outcome<HomeworkHandler.Decision> decision = begin.understood()
                        .then(HomeworkHandler.class.getSimpleName(), origin -> Outcome.proceed(handler.decide(origin)));
                yield new Begin<>(
                        begin.exec(),
                        decision.then(HomeworkHandler.Decision::outcome),
                        decision.proceeding().flatMap(HomeworkHandler.Decision::unreported));
            }
            case End<Attributed>(var exit) -> new End<>(exit);
        };
    }
}
