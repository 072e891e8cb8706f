package io.procmon.classroom.workflow;

import java.time.Instant;
import java.util.List;

/**
 * One occurrence of a pattern in a history.
 *
 * @param starts the starts of its attempts, in order; at least one
 * @param to its end, or the end of its last attempt so far
 * @param ongoing whether no later attempt has ended it
 * @param reason the reason in words; empty if the figures are enough
 */
public record Finding(List<Instant> starts, Instant to, boolean ongoing, String reason) {

    /** A finding that needs no reason in words. */
    public Finding(List<Instant> starts, Instant to, boolean ongoing) {
        this(starts, to, ongoing, "");
    }

    /** A finding of one attempt that needs no reason in words. */
    public Finding(Instant from, Instant to, boolean ongoing) {
        this(List.of(from), to, ongoing);
    }

    /** Its start. */
    public Instant from() {
        return starts.getFirst();
    }

    /** The number of its attempts. */
    public int attempts() {
        return starts.size();
    }

    /** The same with the reason. */
    public Finding because(String words) {
        return new Finding(starts, to, ongoing, words);
    }
}
