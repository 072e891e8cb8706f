package io.procmon.classroom.overview;

import io.procmon.classroom.overview.Cohort.Norm;
import io.procmon.classroom.workflow.Repairs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A row with its signs.
 *
 * @param row the row
 * @param number the number of the student in the section
 * @param atWork whether the student is at work
 * @param signs the signs of trouble
 */
public record Entry(Row row, int number, boolean atWork, List<Sign> signs) {

    /** The sign that a student's builds fail for longer than the builds of most others failed at this step. */
    public static final String LONGER_THAN_CLASS = "longer-than-class";

    /** The patterns that require a person. The other patterns only describe how a student works. */
    private static final Set<String> CALLS = Set.of("stuck", "crash-loop", "infinite-loop");

    /** The fewest failed builds in a row that are compared with the class. */
    private static final int FAILURES_MIN = 2;

    /**
     * A sign of trouble.
     *
     * @param name a pattern, or {@link #LONGER_THAN_CLASS}
     * @param count the number of builds or runs
     * @param from its start
     * @param since the time from which on it requires a person now: its start in the current session; empty if it
     *     requires none
     * @param reason the reason in words; empty if the figures are enough
     * @param comparison the comparison with the class; only for {@link #LONGER_THAN_CLASS}
     */
    public record Sign(
            String name,
            int count,
            Instant from,
            Optional<Instant> since,
            String reason,
            Optional<Comparison> comparison) {

        /** Whether it requires a person now. */
        public boolean calls() {
            return since.isPresent();
        }
    }

    /**
     * A student in comparison with the class.
     *
     * @param failures the failed builds in a row
     * @param norm the percentile of the repair times of the other students at this step
     */
    public record Comparison(Repairs.Open failures, Norm norm) {}

    /**
     * Creates an entry.
     *
     * @param norm the percentile of the repair times of the other students, where the builds of this one fail
     */
    static Entry of(Row row, int number, boolean atWork, Optional<Norm> norm, Rules rules) {
        List<Sign> signs = new ArrayList<>();
        for (Row.Sign sign : row.signs()) {
            signs.add(new Sign(
                    sign.pattern(),
                    sign.attempts(),
                    sign.from(),
                    sign.since().filter(_ -> atWork && CALLS.contains(sign.pattern())),
                    sign.reason(),
                    Optional.empty()));
        }
        comparison(row, norm, rules)
                .map(it -> new Sign(
                        LONGER_THAN_CLASS,
                        it.failures().builds(),
                        it.failures().from(),
                        it.failures().since().filter(_ -> atWork),
                        "",
                        Optional.of(it)))
                .ifPresent(signs::add);
        return new Entry(row, number, atWork, List.copyOf(signs));
    }

    /** The comparison with the class, if the student's builds fail for longer than the rules allow. */
    private static Optional<Comparison> comparison(Row row, Optional<Norm> norm, Rules rules) {
        return row.repairs()
                .open()
                .filter(open -> open.builds() >= FAILURES_MIN)
                .flatMap(open -> norm.filter(it -> it.students() >= rules.students())
                        .filter(it -> open.time().compareTo(it.time()) > 0)
                        .map(it -> new Comparison(open, it)));
    }

    /** Whether the student may need help now. */
    boolean calls() {
        return signs.stream().anyMatch(Sign::calls);
    }

    /** Whether a teacher is with the student. */
    boolean isHelped() {
        return atWork && row.helped().isPresent() && !calls();
    }

    /** The time from which on the student may have needed help. */
    Instant since() {
        return signs.stream()
                .flatMap(sign -> sign.since().stream())
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /** The number of signs; failed builds in a row are one, too. */
    int weight() {
        return signs.size() + (row.figures().failureStreak() >= FAILURES_MIN ? 1 : 0);
    }
}
