package io.procmon.classroom.overview;

import io.procmon.classroom.course.Course;
import io.procmon.classroom.overview.Cohort.Norm;
import io.procmon.classroom.workflow.Progress;
import io.procmon.classroom.workflow.State;
import io.procmon.classroom.workflow.Step;
import io.procmon.classroom.workflow.Work;
import io.procmon.classroom.workflow.WorkErrors;
import io.procmon.process.Student;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Computes a {@link ClassView} of a course from its rows alone, without anything that was known before.
 *
 * @param files the requirements of the course
 */
record PlainView(List<Course> files, Rules rules, ClassQuery query, Set<Work> busy, Instant now) {

    private static final int LIST_MAX = 100;
    private static final int ERRORS_MAX = 8;

    ClassView of(List<Row> all) {
        List<Row> rows = all.stream()
                .sorted(Comparator.comparing(Row::work, Work.BY_CLASS))
                .toList();
        Map<Student, Integer> numbers = numbers(rows);
        List<Entry> entries = rows.stream()
                .map(row -> Entry.of(
                        row, numbers.get(row.work().student()), rules.isAtWork(row, busy, now), norm(row, rows), rules))
                .filter(query::selects)
                .toList();
        Set<Student> optedOut = rows.stream()
                .filter(Row::isOptedOut)
                .map(row -> row.work().student())
                .collect(Collectors.toSet());
        List<Student> students = numbers.keySet().stream()
                .filter(it -> query.isOfSection(it.section()) && !optedOut.contains(it))
                .toList();
        TreeMap<String, List<Row>> homeworks = rows.stream()
                .filter(row -> !row.isOptedOut())
                .filter(row -> query.isOfHomework(row.work().homework()))
                .filter(row -> query.isOfSection(row.work().student().section()))
                .collect(Collectors.groupingBy(row -> row.work().homework(), TreeMap::new, Collectors.toList()));
        Map<String, List<Step>> assigned = assigned(rows, students);
        assigned.keySet().stream().filter(query::isOfHomework).forEach(it -> homeworks.putIfAbsent(it, List.of()));
        String course = rows.isEmpty() ? "" : rows.getFirst().work().student().course();
        return new ClassView(
                entries.size(),
                entries.stream()
                        .sorted(query.comparator())
                        .skip((long) query.page() * query.size())
                        .limit(query.size())
                        .toList(),
                list(entries, Entry::calls, Comparator.comparing(Entry::since)),
                list(
                        entries,
                        Entry::isHelped,
                        Comparator.comparing(
                                entry -> entry.row().helped().orElseThrow().at())),
                homeworks.entrySet().stream()
                        .map(it -> funnel(course, it.getKey(), students.size(), it.getValue(), assigned))
                        .toList(),
                homeworks.entrySet().stream()
                        .flatMap(it -> errors(course, it.getKey(), it.getValue()))
                        .toList(),
                rows.stream()
                        .map(row -> row.work().student().section())
                        .distinct()
                        .sorted()
                        .toList(),
                Stream.concat(
                                assignedNames(),
                                rows.stream()
                                        .filter(row -> !row.isOptedOut())
                                        .map(row -> row.work().homework()))
                        .distinct()
                        .sorted()
                        .toList());
    }

    private static List<Entry> list(List<Entry> entries, Predicate<Entry> which, Comparator<Entry> order) {
        return entries.stream().filter(which).sorted(order).limit(LIST_MAX).toList();
    }

    private static Map<Student, Integer> numbers(List<Row> rows) {
        Map<String, TreeSet<String>> ids = new HashMap<>();
        rows.forEach(row -> ids.computeIfAbsent(row.work().student().section(), _ -> new TreeSet<>())
                .add(row.work().student().id()));
        return rows.stream()
                .map(row -> row.work().student())
                .distinct()
                .collect(Collectors.toMap(
                        it -> it,
                        it -> ids.get(it.section()).headSet(it.id(), true).size()));
    }

    private Stream<String> assignedNames() {
        return files.stream().flatMap(it -> it.assigned().keySet().stream());
    }

    /** The steps of the homeworks that some of the students can begin. */
    private Map<String, List<Step>> assigned(List<Row> rows, List<Student> students) {
        Map<String, List<Step>> assigned = new HashMap<>();
        if (students.isEmpty()) {
            return assigned;
        }
        for (Course file : files) {
            file.assigned().forEach((name, required) -> {
                boolean isOpen = required.opens().filter(now::isBefore).isEmpty();
                boolean isOfSome = file.sections().isEmpty()
                        || students.stream().anyMatch(it -> file.sections().contains(it.section()));
                if (isOpen && isOfSome) {
                    assigned.putIfAbsent(name, Progress.steps(required));
                }
            });
        }
        Set<String> named = assignedNames().collect(Collectors.toSet());
        rows.stream()
                .filter(row -> !row.isOptedOut() && !named.contains(row.work().homework()))
                .forEach(row -> assigned.putIfAbsent(row.work().homework(), row.steps()));
        return assigned;
    }

    private Funnel funnel(
            String course, String homework, int students, List<Row> rows, Map<String, List<Step>> assigned) {
        Map<Step, Integer> reached = new LinkedHashMap<>();
        if (rows.isEmpty()) {
            assigned.get(homework).forEach(step -> reached.put(step, 0));
        }
        for (Row row : rows) {
            for (int i = 0; i < row.steps().size(); i++) {
                reached.merge(row.steps().get(i), row.reached().get(i) ? 1 : 0, Integer::sum);
            }
        }
        return new Funnel(
                course,
                homework,
                students,
                reached,
                Math.toIntExact(
                        rows.stream().filter(row -> row.state() == State.LATE).count()),
                Math.toIntExact(rows.stream()
                        .filter(row -> rules.isAtWork(row, busy, now))
                        .count()));
    }

    private static Stream<CommonError> errors(String course, String homework, List<Row> rows) {
        return rows.stream()
                .flatMap(row -> row.errors().stream())
                .collect(Collectors.groupingBy(WorkErrors.Current::type))
                .entrySet()
                .stream()
                .map(error -> new CommonError(
                        course,
                        homework,
                        error.getKey(),
                        error.getValue().size(),
                        error.getValue().stream()
                                .map(WorkErrors.Current::since)
                                .min(Comparator.naturalOrder())
                                .orElseThrow()))
                .sorted(Comparator.comparingInt(CommonError::students)
                        .reversed()
                        .thenComparing(CommonError::type))
                .limit(ERRORS_MAX);
    }

    private Optional<Norm> norm(Row row, List<Row> rows) {
        return row.repairs().open().filter(_ -> !row.isOptedOut()).flatMap(open -> {
            List<Duration> others = rows.stream()
                    .filter(it -> !it.isOptedOut() && !it.equals(row))
                    .filter(it -> it.work().homework().equals(row.work().homework()))
                    .flatMap(it -> Optional.ofNullable(it.repairs().longest().get(open.step())).stream())
                    .sorted()
                    .toList();
            return others.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Norm(
                            others.size(),
                            rules.share(),
                            others.get(Math.ceilDiv(others.size() * rules.share(), 100) - 1)));
        });
    }
}
