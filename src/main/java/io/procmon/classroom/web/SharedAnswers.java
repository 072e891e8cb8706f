package io.procmon.classroom.web;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Answers questions about the state at a moment. Clients that ask the same question at the same moment share one
 * computation, and the computations of a question may keep what they share. Thread-safe.
 *
 * @param <Q> the question; equal questions have equal answers
 * @param <A> the answer
 */
final class SharedAnswers<Q, A> {

    /**
     * @param at when the computation began
     * @param compute computes the next answer
     */
    private record Answer<A>(Instant at, A value, Function<Instant, A> compute) {}

    private final Map<Q, Answer<A>> last = new ConcurrentHashMap<>();
    private final Function<Q, Function<Instant, A>> computations;

    /** @param computations computes the answers to a question, one at a time */
    SharedAnswers(Function<Q, Function<Instant, A>> computations) {
        this.computations = computations;
    }

    /** The answer as of a moment or later. Waits while another client has it computed. */
    A at(Instant moment, Q question) {
        return last.compute(
                        question,
                        (_, known) -> known != null && !known.at().isBefore(moment)
                                ? known
                                : answer(known == null ? computations.apply(question) : known.compute()))
                .value();
    }

    private static <A> Answer<A> answer(Function<Instant, A> compute) {
        Instant now = Instant.now();
        return new Answer<>(now, compute.apply(now), compute);
    }

    /** Frees the memory of the last answer. */
    void forget(Q question) {
        last.remove(question);
    }
}
