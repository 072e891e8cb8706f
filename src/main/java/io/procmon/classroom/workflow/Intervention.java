package io.procmon.classroom.workflow;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * A teacher was with a student.
 *
 * @param id the unique id
 * @param at the time at which the teacher reported it
 * @param teacher the name of the teacher; empty if it is unknown
 */
public record Intervention(UUID id, Instant at, String teacher) {

    /** Orders interventions by their time. Two different ones never compare as equal. */
    public static final Comparator<Intervention> BY_TIME =
            Comparator.comparing(Intervention::at).thenComparing(it -> it.id().toString());

    /**
     * The time from the intervention to the first success. If the last attempt before it was a failed build, a
     * successful build counts; if it was a run that did not end well, a run that does. Otherwise either counts.
     *
     * @return empty if there was no success yet
     */
    public Optional<Duration> recovery(History history) {
        Predicate<Attempt> success = history.attempts().stream()
                .filter(attempt -> !attempt.endedAt().isAfter(at))
                .reduce((_, newer) -> newer)
                .filter(last -> last.ending() != Ending.OK)
                .<Predicate<Attempt>>map(last -> attempt -> attempt.kind() == last.kind())
                .orElse(_ -> true);
        return history.attempts().stream()
                .filter(attempt -> attempt.endedAt().isAfter(at) && attempt.ending() == Ending.OK)
                .filter(success)
                .map(attempt -> Duration.between(at, attempt.endedAt()))
                .min(Comparator.naturalOrder());
    }
}
