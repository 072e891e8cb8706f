package io.procmon.classroom.overview;

import io.procmon.classroom.course.Course;
import io.procmon.classroom.workflow.Progress;
import io.procmon.classroom.workflow.Step;
import io.procmon.classroom.workflow.Work;
import io.procmon.process.Student;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The students of a course, with the figures that a student is compared with. The figures exclude students who have opted
 * out. Immutable.
 *
 * @param course the course
 * @param rows by section, homework and student
 * @param numbers the number of each student in the section, from 1, in the order of the ids
 * @param repairs the longest repair of each student, in order, by homework and step
 * @param assignments the homeworks that the course's files name, and those that a student has begun
 */
public record Cohort(
        String course,
        List<Row> rows,
        Map<Student, Integer> numbers,
        Map<String, Map<Step, List<Duration>>> repairs,
        List<Assignment> assignments) {

    /**
     * A homework of the course.
     *
     * @param homework the homework directory, such as {@code hw1}
     * @param sections the sections that have it; empty for all
     * @param opens the time from which on students can work at it; empty if it is not restricted
     * @param steps its steps, in order
     */
    public record Assignment(String homework, Set<String> sections, Optional<Instant> opens, List<Step> steps) {

        /** Whether a student has to work at it, or may. */
        boolean isOf(Student student, Instant now) {
            return (sections.isEmpty() || sections.contains(student.section()))
                    && opens.filter(now::isBefore).isEmpty();
        }
    }

    /**
     * A percentile of the longest repair times of several students.
     *
     * @param students the number of students whose times are compared
     * @param share the percentile: the share of them who needed at most this time, in percent
     * @param time the longest repair time at the percentile
     */
    public record Norm(int students, int share, Duration time) {}

    /**
     * The medians of the students who have begun a homework. The medians of the figures are independent of each other.
     *
     * @param students the number of students
     * @param repair empty if no student has repaired a build
     */
    public record Medians(
            int students, int builds, int failedBuilds, int runs, Duration active, Optional<Duration> repair) {}

    /**
     * Creates the cohort of a course.
     *
     * @param files the requirements of the course
     */
    static Cohort of(String course, Collection<Row> rows, List<Course> files) {
        List<Row> ordered = rows.stream()
                .sorted(Comparator.comparing(Row::work, Work.BY_CLASS))
                .toList();
        Map<String, TreeSet<Student>> sections = new HashMap<>();
        Map<String, Map<Step, List<Duration>>> repairs = new HashMap<>();
        for (Row row : ordered) {
            Student student = row.work().student();
            sections.computeIfAbsent(student.section(), _ -> new TreeSet<>(Comparator.comparing(Student::id)))
                    .add(student);
            if (row.isOptedOut()) {
                continue;
            }
            row.repairs()
                    .longest()
                    .forEach((step, time) -> repairs.computeIfAbsent(row.work().homework(), _ -> new HashMap<>())
                            .computeIfAbsent(step, _ -> new ArrayList<>())
                            .add(time));
        }
        repairs.values().forEach(steps -> steps.values().forEach(times -> times.sort(Comparator.naturalOrder())));
        Map<Student, Integer> numbers = new HashMap<>();
        for (TreeSet<Student> students : sections.values()) {
            int number = 0;
            for (Student student : students) {
                numbers.put(student, ++number);
            }
        }
        return new Cohort(course, ordered, numbers, repairs, assignments(ordered, files));
    }

    private static List<Assignment> assignments(List<Row> rows, List<Course> files) {
        List<Assignment> assignments = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (Course file : files) {
            file.assigned().forEach((name, required) -> {
                known.add(name);
                assignments.add(new Assignment(name, file.sections(), required.opens(), Progress.steps(required)));
            });
        }
        for (Row row : rows) {
            String homework = row.work().homework();
            if (!row.isOptedOut() && known.add(homework)) {
                assignments.add(new Assignment(homework, Set.of(), Optional.empty(), row.steps()));
            }
        }
        return List.copyOf(assignments);
    }

    /**
     * The percentile of the longest repair times of the other students of the course, at the step at which a student's
     * builds fail now.
     *
     * @param row the student's work
     * @param share the percentile, in percent
     * @return empty if nothing fails, or if no other student has repaired a build at this step
     */
    Optional<Norm> norm(Row row, int share) {
        return row.repairs().open().flatMap(open -> {
            List<Duration> times =
                    repairs.getOrDefault(row.work().homework(), Map.of()).getOrDefault(open.step(), List.of());
            Duration own = row.repairs().longest().get(open.step());
            int ownIndex = own == null ? times.size() : times.indexOf(own);
            int others = own == null ? times.size() : times.size() - 1;
            if (others == 0) {
                return Optional.empty();
            }
            int rank = Math.ceilDiv(others * share, 100) - 1;
            return Optional.of(new Norm(others, share, times.get(rank < ownIndex ? rank : rank + 1)));
        });
    }

    /** The selected students, except those who have opted out. */
    List<Student> students(Predicate<Student> which) {
        Set<Student> optedOut = rows.stream()
                .filter(Row::isOptedOut)
                .map(row -> row.work().student())
                .collect(Collectors.toSet());
        return numbers.keySet().stream()
                .filter(student -> which.test(student) && !optedOut.contains(student))
                .toList();
    }

    /** The medians of a homework; empty if no student has begun. */
    public Optional<Medians> medians(String homework) {
        List<Row> started = rows.stream()
                .filter(row -> row.work().homework().equals(homework) && row.isStarted() && !row.isOptedOut())
                .toList();
        if (started.isEmpty()) {
            return Optional.empty();
        }
        Stream<Duration> times =
                started.stream().map(row -> row.figures().medianRepair()).flatMap(Optional::stream);
        return Optional.of(new Medians(
                started.size(),
                median(started, row -> row.figures().builds()),
                median(started, row -> row.figures().failedBuilds()),
                median(started, row -> row.figures().runs()),
                median(started, row -> row.figures().active()),
                middle(times)));
    }

    private static <T extends Comparable<T>> T median(List<Row> rows, Function<Row, T> figure) {
        return middle(rows.stream().map(figure)).orElseThrow();
    }

    private static <T extends Comparable<T>> Optional<T> middle(Stream<T> values) {
        List<T> sorted = values.sorted().toList();
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get((sorted.size() - 1) / 2));
    }
}
