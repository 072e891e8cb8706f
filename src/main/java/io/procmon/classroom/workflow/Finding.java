package io.procmon.classroom.workflow;

import java.time.Instant;

/**
 * One occurrence of a pattern in a history.
 *
 * @param from its start
 * @param to its end, or the end of its last attempt so far
 * @param attempts the number of its attempts
 * @param ongoing whether no later attempt has ended it
 * @param reason the reason in words; empty if the figures are enough
 */
public record Finding(Instant from, Instant to, int attempts, boolean ongoing, String reason) {

    /** A finding that needs no reason in words. */
    public Finding(Instant from, Instant to, int attempts, boolean ongoing) {
        this(from, to, attempts, ongoing, "");
    }

    /** The same with the reason. */
    public Finding because(String words) {
        return new Finding(from, to, attempts, ongoing, words);
    }
}
