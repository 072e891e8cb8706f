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
 * An item of the stream before an exec meets its exit: an exec that the handlers interpret one after the other, or an
 * exit, which the handlers do not touch.
 *
 * @param <T> what is known of the exec
 */
public sealed interface Step<T> {

    /**
     * An exec.
     *
     * @param exec the record of the kernel
     * @param understood what is known of it by now, or why it was stopped
     * @param part the build that it is, if it is not reported: a part of another build, or one outside of any homework.
     *     What it writes is remembered all the same
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
     * @param exit how it ended
     */
    record End<T>(ExitRecord exit) implements Step<T> {}

    /** The same step after a bug: a beginning has failed, an end is still an end. */
    static <T> Step<T> failed(Step<T> step, String stage, Throwable bug) {
        return switch (step) {
            case Begin<T> begin -> new Begin<>(begin.exec(), new Outcome.Failed<>(stage, bug));
            case End<T> end -> end;
        };
    }

    /** A handler as an operator of the stream: the handler sees execs, and exits pass. */
    static <A, B> Function<Step<A>, Step<B>> begin(Function<A, Outcome<B>> handler) {
        return step -> switch (step) {
            case Begin<A> begin -> new Begin<>(begin.exec(), begin.understood().then(handler));
            case End<A>(var exit) -> new End<>(exit);
        };
    }

    /** The handler of homework as an operator of the stream: it also keeps the builds that are not reported. */
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
