package io.procmon.classroom.overview;

import io.procmon.classroom.overview.Cohort.Norm;
import io.procmon.classroom.workflow.Repairs;
import io.procmon.classroom.workflow.State;
import io.procmon.classroom.workflow.Work;
import io.procmon.classroom.workflow.WorkErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The class as a page shows it.
 *
 * @param total the number of selected rows
 * @param page the rows of the page
 * @param help the students who may need help now, the longest wait first
 * @param helped the students with whom a teacher is
 * @param funnels the progress of the class with each homework
 * @param errors the most common errors of each homework
 */
public record ClassView(
        int total,
        List<Entry> page,
        List<Entry> help,
        List<Entry> helped,
        List<Funnel> funnels,
        List<CommonError> errors) {

    /** The sign that a student's builds fail for longer than the builds of most others failed at this step. */
    public static final String LONGER_THAN_CLASS = "longer-than-class";

    /** The patterns that require a person. The other patterns only describe how a student works. */
    private static final Set<String> CALLS = Set.of("stuck", "crash-loop", "infinite-loop");

    /** The fewest failed builds in a row that are compared with the class. */
    private static final int FAILURES_MIN = 2;

    /** The number of students in a list. A teacher cannot be with more. */
    private static final int LIST_MAX = 100;

    /** The number of errors that a homework shows. */
    private static final int ERRORS_MAX = 8;

    /**
     * The limits for signs.
     *
     * @param idle the pause after which a student is not at work any more
     * @param share the share of a class that a student is compared with, in percent
     * @param students the fewest other students for a comparison
     */
    public record Rules(Duration idle, int share, int students) {}

    /**
     * A row with its signs.
     *
     * @param number the number of the student in the section
     * @param signs the signs of trouble
     */
    public record Entry(Row row, int number, List<Sign> signs) {

        /** The beginning of the earliest current sign of trouble. */
        Instant since() {
            return signs.stream()
                    .filter(Sign::calls)
                    .map(Sign::from)
                    .min(Comparator.naturalOrder())
                    .orElse(Instant.MAX);
        }

        private boolean calls() {
            return signs.stream().anyMatch(Sign::calls);
        }
    }

    /**
     * A sign of trouble.
     *
     * @param name a pattern, or {@link #LONGER_THAN_CLASS}
     * @param count the number of builds or runs
     * @param from its start
     * @param reason the reason in words; empty if the figures are enough
     * @param calls whether it requires a person now
     * @param norm the repair times of the other students
     */
    public record Sign(String name, int count, Instant from, String reason, boolean calls, Optional<Comparison> norm) {}

    /**
     * A student in comparison with the class.
     *
     * @param failures the failed builds in a row
     * @param norm the percentile of the repair times of the other students at this step
     */
    public record Comparison(Repairs.Open failures, Norm norm) {}

    /**
     * An error that students have now.
     *
     * @param students the number of students
     * @param since the time at which the first of them got it
     */
    public record CommonError(String course, String homework, String type, int students, Instant since) {}

    /**
     * Computes a view.
     *
     * @param busy the works with running programs
     */
    public static ClassView of(List<Cohort> cohorts, ClassQuery query, Set<Work> busy, Rules rules, Instant now) {
        List<Entry> selected = new ArrayList<>();
        List<Entry> help = new ArrayList<>();
        List<Entry> helped = new ArrayList<>();
        List<Funnel> funnels = new ArrayList<>();
        List<CommonError> errors = new ArrayList<>();
        for (Cohort cohort : cohorts) {
            Map<String, List<Row>> homeworks = new TreeMap<>();
            for (Row row : cohort.rows()) {
                if (!query.isOf(row)) {
                    continue;
                }
                homeworks
                        .computeIfAbsent(row.work().homework(), _ -> new ArrayList<>())
                        .add(row);
                if (query.selects(cohort, row)) {
                    boolean atWork = isAtWork(row, busy, rules, now);
                    Entry entry = new Entry(
                            row, cohort.numbers().get(row.work().student()), signs(cohort, row, atWork, rules));
                    selected.add(entry);
                    if (entry.calls()) {
                        help.add(entry);
                    } else if (atWork && row.helped().isPresent()) {
                        helped.add(entry);
                    }
                }
            }
            int students = Math.toIntExact(cohort.numbers().keySet().stream()
                    .filter(student -> query.section()
                            .filter(it -> !it.equals(student.section()))
                            .isEmpty())
                    .count());
            homeworks.forEach((homework, rows) -> {
                funnels.add(Funnel.of(
                        cohort.course(),
                        homework,
                        students,
                        rows,
                        count(rows, row -> row.state() == State.LATE),
                        count(rows, row -> isAtWork(row, busy, rules, now))));
                errors.addAll(errors(cohort.course(), homework, rows));
            });
        }
        Map<Work, Entry> entries = new HashMap<>();
        selected.forEach(entry -> entries.put(entry.row().work(), entry));
        List<Entry> page = selected.stream()
                .map(Entry::row)
                .sorted(query.comparator(row -> weight(entries.get(row.work()))))
                .skip((long) query.page() * query.size())
                .limit(query.size())
                .map(row -> entries.get(row.work()))
                .toList();
        return new ClassView(
                selected.size(),
                page,
                help.stream()
                        .sorted(Comparator.comparing(Entry::since))
                        .limit(LIST_MAX)
                        .toList(),
                helped.stream()
                        .sorted(Comparator.comparing(
                                entry -> entry.row().helped().orElseThrow().at()))
                        .limit(LIST_MAX)
                        .toList(),
                funnels,
                errors);
    }

    private static int weight(Entry entry) {
        return entry.signs().size() + (entry.row().figures().failureStreak() >= FAILURES_MIN ? 1 : 0);
    }

    private static boolean isAtWork(Row row, Set<Work> busy, Rules rules, Instant now) {
        return busy.contains(row.work())
                || Duration.between(row.lastSeen(), now).compareTo(rules.idle()) <= 0;
    }

    private static List<Sign> signs(Cohort cohort, Row row, boolean atWork, Rules rules) {
        List<Sign> signs = new ArrayList<>();
        for (Row.Sign sign : row.signs()) {
            signs.add(new Sign(
                    sign.pattern(),
                    sign.finding().attempts(),
                    sign.finding().from(),
                    sign.finding().reason(),
                    atWork && CALLS.contains(sign.pattern()) && !sign.answered(),
                    Optional.empty()));
        }
        row.repairs()
                .open()
                .filter(open -> open.builds() >= FAILURES_MIN)
                .ifPresent(open -> cohort.norm(row, rules.share())
                        .filter(norm -> norm.students() >= rules.students()
                                && open.time().compareTo(norm.time()) > 0)
                        .ifPresent(norm -> signs.add(new Sign(
                                LONGER_THAN_CLASS,
                                open.builds(),
                                open.from(),
                                "",
                                atWork,
                                Optional.of(new Comparison(open, norm))))));
        return List.copyOf(signs);
    }

    private static int count(List<Row> rows, Predicate<Row> which) {
        return Math.toIntExact(rows.stream().filter(which).count());
    }

    private static List<CommonError> errors(String course, String homework, List<Row> rows) {
        Map<String, List<Instant>> since = new LinkedHashMap<>();
        for (Row row : rows) {
            for (WorkErrors.Current error : row.errors()) {
                since.computeIfAbsent(error.type(), _ -> new ArrayList<>()).add(error.since());
            }
        }
        return since.entrySet().stream()
                .map(error -> new CommonError(
                        course,
                        homework,
                        error.getKey(),
                        error.getValue().size(),
                        error.getValue().stream().min(Comparator.naturalOrder()).orElseThrow()))
                .sorted(Comparator.comparingInt(CommonError::students)
                        .reversed()
                        .thenComparing(CommonError::type))
                .limit(ERRORS_MAX)
                .toList();
    }
}
