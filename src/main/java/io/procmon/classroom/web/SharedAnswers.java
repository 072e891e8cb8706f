package io.procmon.classroom.web;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * Answers questions about the state at a moment. Clients that ask the same question at the same moment share one
 * computation. Thread-safe.
 *
 * @param <Q> the question; equal questions have equal answers
 * @param <A> the answer
 */
final class SharedAnswers<Q, A> {

    /** @param at when the computation began */
    private record Answer<A>(Instant at, A value) {}

    private final Map<Q, Answer<A>> last = new ConcurrentHashMap<>();
    private final BiFunction<Q, Instant, A> compute;

    /** @param compute the answer to a question at a time */
    SharedAnswers(BiFunction<Q, Instant, A> compute) {
        this.compute = compute;
    }

    /** The answer as of a moment or later. Waits while another client has it computed. */
    A at(Instant moment, Q question) {
        return last.compute(
                        question,
                        (_, known) -> known != null && !known.at().isBefore(moment) ? known : answer(question))
                .value();
    }

    private Answer<A> answer(Q question) {
        Instant now = Instant.now();
        return new Answer<>(now, compute.apply(question, now));
    }

    /** Frees the memory of the last answer. */
    void forget(Q question) {
        last.remove(question);
    }
}
