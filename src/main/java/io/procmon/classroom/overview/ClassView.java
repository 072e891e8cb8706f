package io.procmon.classroom.overview;

import io.procmon.classroom.workflow.State;
import io.procmon.classroom.workflow.Step;
import io.procmon.classroom.workflow.Work;
import io.procmon.process.Student;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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

    /** The number of students in a list. A teacher cannot be with more. */
    private static final int LIST_MAX = 100;

    /**
     * Computes a view. A homework that the course file names has progress from the time at which it opens, also if no
     * student has begun it. The steps and the errors are those of all students of the selected sections and homeworks,
     * except of those who have opted out.
     *
     * @param busy the works with running programs
     */
    public static ClassView of(List<Cohort> cohorts, ClassQuery query, Set<Work> busy, Rules rules, Instant now) {
        List<Entry> selected = new ArrayList<>();
        List<Funnel> funnels = new ArrayList<>();
        List<CommonError> errors = new ArrayList<>();
        for (Cohort cohort : cohorts) {
            cohort.rows().stream()
                    .filter(row -> query.selects(cohort, row))
                    .map(row -> Entry.of(row, cohort, rules.isAtWork(row, busy, now), rules))
                    .forEach(selected::add);
            Map<String, List<Row>> homeworks = cohort.rows().stream()
                    .filter(row -> query.isOf(row) && !row.isOptedOut())
                    .collect(Collectors.groupingBy(row -> row.work().homework(), TreeMap::new, Collectors.toList()));
            List<Student> students = cohort.students(query::isOf);
            Map<String, List<Step>> assigned = new HashMap<>();
            cohort.assignments().stream()
                    .filter(query::isOf)
                    .filter(it -> students.stream().anyMatch(student -> it.isOf(student, now)))
                    .forEach(it -> assigned.putIfAbsent(it.homework(), it.steps()));
            assigned.keySet().forEach(homework -> homeworks.putIfAbsent(homework, List.of()));
            homeworks.forEach((homework, rows) -> {
                funnels.add(Funnel.of(
                        cohort.course(),
                        homework,
                        students.size(),
                        rows.isEmpty() ? assigned.get(homework) : List.of(),
                        rows,
                        count(rows, row -> row.state() == State.LATE),
                        count(rows, row -> rules.isAtWork(row, busy, now))));
                CommonError.of(cohort.course(), homework, rows).forEach(errors::add);
            });
        }
        return new ClassView(
                selected.size(),
                selected.stream()
                        .sorted(query.comparator())
                        .skip((long) query.page() * query.size())
                        .limit(query.size())
                        .toList(),
                list(selected, Entry::calls, Comparator.comparing(Entry::since)),
                list(
                        selected,
                        Entry::isHelped,
                        Comparator.comparing(
                                entry -> entry.row().helped().orElseThrow().at())),
                funnels,
                errors);
    }

    private static List<Entry> list(List<Entry> selected, Predicate<Entry> which, Comparator<Entry> order) {
        return selected.stream().filter(which).sorted(order).limit(LIST_MAX).toList();
    }

    private static <T> int count(Iterable<T> all, Predicate<T> which) {
        int count = 0;
        for (T one : all) {
            count += which.test(one) ? 1 : 0;
        }
        return count;
    }
}
