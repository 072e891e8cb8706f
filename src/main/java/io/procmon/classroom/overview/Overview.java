package io.procmon.classroom.overview;

import io.procmon.classroom.course.Courses;
import io.procmon.classroom.course.HomeworkRequirements;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.logbook.WorkSelection;
import io.procmon.classroom.workflow.Step;
import io.procmon.classroom.workflow.Work;
import io.procmon.classroom.workflow.WorkSummary;
import io.procmon.config.ProcmonConfig;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the rows of the courses whose pages are open. A change makes a row stale; the next request computes it again.
 * After {@link #FORGET_AFTER} without a request, the rows are forgotten. Thread-safe. Methods may wait for the store.
 */
@ApplicationScoped
public class Overview {

    /** The time without a request after which the rows are forgotten. */
    private static final Duration FORGET_AFTER = Duration.ofMinutes(15);

    /** The period in which the rows are compared with the store and the clock. */
    private static final Duration COMPARE_EVERY = Duration.ofMinutes(1);

    /** The limit of rows of a page that shows all courses together. */
    public static final int TOGETHER_MAX = 20_000;

    /** The limit of rows in memory. A row takes about a kilobyte. */
    private static final int ROWS_MAX = 50_000;

    /** A course, and its rows if they are in memory. */
    private static final class CourseRows {
        /** The revision of each work in the store, read before its row was computed, or earlier. */
        private final Map<Work, Long> revisions = new HashMap<>();

        /** Empty until the course is requested. */
        private Optional<Cohort> cohort = Optional.empty();

        private int works;
        private Instant askedAt = Instant.EPOCH;
    }

    private final Rules rules;
    private final int rowsMax;
    private final ClassRegister register;
    private final Courses courses;
    private final Cancellable changes;
    private final Cancellable rests;
    private final Set<Work> stale = ConcurrentHashMap.newKeySet();
    private final Map<List<Step>, List<Step>> steps = new ConcurrentHashMap<>();
    private final Map<String, CourseRows> byCourse = new TreeMap<>();
    private Set<Work> busy = Set.of();
    private volatile Instant askedAt = Instant.EPOCH;
    private Instant comparedAt = Instant.EPOCH;
    private int requirements;
    private int missed;

    @Inject
    public Overview(ClassRegister register, Courses courses, ProcmonConfig config) {
        this(register, courses, Rules.of(config.workflow()), ROWS_MAX);
    }

    Overview(ClassRegister register, Courses courses, Rules rules, int rowsMax) {
        this.rules = rules;
        this.rowsMax = rowsMax;
        this.register = register;
        this.courses = courses;
        changes = register.changes().subscribe().with(this::changed);
        rests = Multi.createFrom()
                .ticks()
                .startingAfter(FORGET_AFTER)
                .every(FORGET_AFTER)
                .subscribe()
                .with(_ -> rest(Instant.now()));
    }

    @PreDestroy
    void stop() {
        changes.cancel();
        rests.cancel();
    }

    private void changed(Work work) {
        if (!askedAt.equals(Instant.EPOCH)) {
            stale.add(work);
        }
    }

    /** The number of works of a course when it was first seen, or of its rows. */
    private static int size(CourseRows course) {
        return course.cohort.map(Cohort::size).orElse(course.works);
    }

    /**
     * Those of some courses that a page can show together: all of them, or the first one if they have too many rows.
     *
     * @param names the names of the courses, as {@link #courses} returns them
     * @param rowsMax the limit of rows
     */
    public synchronized List<String> together(List<String> names, int rowsMax) {
        int rows = names.stream()
                .map(byCourse::get)
                .filter(Objects::nonNull) // not forgotten since
                .mapToInt(Overview::size)
                .sum();
        return rows > rowsMax ? names.subList(0, 1) : names;
    }

    /**
     * Computes what pages show first, before the first request: the courses that a page shows without a selection, and
     * those of students at work.
     *
     * @param rowsMax the limit of rows; a course that does not fit is computed when it is requested
     */
    public synchronized void prepare(int rowsMax, Instant now) {
        refresh(now);
        Set<String> first = new LinkedHashSet<>(together(List.copyOf(byCourse.keySet()), rowsMax));
        register.atWork(now).forEach(work -> first.add(work.student().course()));
        Set<String> fitting = new HashSet<>();
        int rows = 0;
        for (String course : first) {
            rows += size(byCourse.getOrDefault(course, new CourseRows()));
            if (rows <= rowsMax) {
                fitting.add(course);
            }
        }
        cohorts(fitting::contains, now);
    }

    /** The courses whose rows are in memory. */
    synchronized List<String> prepared() {
        return byCourse.keySet().stream()
                .filter(name -> byCourse.get(name).cohort.isPresent())
                .toList();
    }

    /** The names of all courses, in order. */
    public synchronized List<String> courses(Instant now) {
        refresh(now);
        return List.copyOf(byCourse.keySet());
    }

    /**
     * The selected courses, up to date, in order.
     *
     * @param which selects courses by name
     */
    public synchronized List<Cohort> cohorts(Predicate<String> which, Instant now) {
        refresh(now);
        List<Cohort> cohorts = new ArrayList<>();
        byCourse.forEach((name, course) -> {
            if (which.test(name)) {
                course.askedAt = now;
                cohorts.add(cohort(name, course, now));
            }
        });
        limit(now);
        return cohorts;
    }

    /** Forgets the courses that nobody has looked at for the longest time, if there are too many rows. */
    private void limit(Instant now) {
        int rows = byCourse.values().stream()
                .flatMap(course -> course.cohort.stream())
                .mapToInt(Cohort::size)
                .sum();
        List<CourseRows> oldestFirst = byCourse.values().stream()
                .filter(course -> course.cohort.isPresent() && course.askedAt.isBefore(now))
                .sorted(Comparator.comparing(course -> course.askedAt))
                .toList();
        for (CourseRows course : oldestFirst) {
            if (rows <= rowsMax) {
                return;
            }
            rows -= size(course);
            course.revisions.clear();
            course.cohort = Optional.empty();
        }
    }

    private Cohort cohort(String name, CourseRows course, Instant now) {
        if (course.cohort.isEmpty()) {
            course.cohort = Optional.of(load(name, course, now));
        } else {
            course.cohort.get().update(List.of(), List.of(), busy, now);
        }
        return course.cohort.get();
    }

    /** Computes all rows of a course, several homeworks at a time. */
    private Cohort load(String name, CourseRows course, Instant now) {
        WorkSelection all = of(name);
        course.revisions.putAll(register.revisions(all));
        Collection<List<Work>> homeworks = Stream.concat(
                        course.revisions.keySet().stream(), busy.stream().filter(all))
                .collect(Collectors.groupingBy(Work::homework))
                .values();
        List<Row> rows = homeworks.parallelStream()
                .flatMap(works -> register.summariesOf(works, now).map(this::row))
                .toList();
        Cohort cohort = new Cohort(name, courses.of(name), rules);
        cohort.update(rows, List.of(), busy, now);
        return cohort;
    }

    private static WorkSelection of(String course) {
        return WorkSelection.of(Optional.of(course), _ -> true);
    }

    private Row row(WorkSummary summary) {
        return Row.of(summary, it -> steps.computeIfAbsent(it, List::copyOf));
    }

    /** Forgets the rows if there was no request for them for some time. */
    private synchronized void rest(Instant now) {
        if (Duration.between(askedAt, now).compareTo(FORGET_AFTER) > 0) {
            forget();
        }
    }

    private void forget() {
        askedAt = Instant.EPOCH;
        comparedAt = Instant.EPOCH;
        stale.clear();
        byCourse.clear();
        steps.clear();
    }

    private void refresh(Instant now) {
        if (courses.revision() != requirements) {
            forget();
            requirements = courses.revision();
        }
        askedAt = now;
        int missedSoFar = register.missed();
        if (missedSoFar != missed || Duration.between(comparedAt, now).compareTo(COMPARE_EVERY) >= 0) {
            compare(now);
            missed = missedSoFar;
        }
        busy = register.runningWorks();
        busy.stream().filter(work -> !isKnown(work)).forEach(stale::add);
        Set<Work> changed = Set.copyOf(stale);
        stale.removeAll(changed);
        update(changed, now);
    }

    private boolean isKnown(Work work) {
        CourseRows course = byCourse.get(work.student().course());
        return course != null && course.cohort.filter(it -> !it.has(work)).isEmpty();
    }

    /**
     * Compares the rows with the revisions of the store, and with the due dates that have passed. So a row is right
     * within a minute, even if no notification of a change has arrived.
     */
    private void compare(Instant now) {
        register.courseSizes()
                .forEach((name, works) -> byCourse.computeIfAbsent(name, _ -> new CourseRows()).works = works);
        byCourse.forEach((name, course) ->
                course.cohort.ifPresent(cohort -> compare(course, cohort, register.revisions(of(name)), now)));
        comparedAt = now;
    }

    private void compare(CourseRows course, Cohort cohort, Map<Work, Long> stored, Instant now) {
        stored.forEach((work, revision) -> {
            if (!revision.equals(course.revisions.put(work, revision))) {
                stale.add(work);
            }
        });
        course.revisions.keySet().retainAll(stored.keySet());
        cohort.works().stream()
                .filter(work -> !stored.containsKey(work) || isDueSince(work, now))
                .forEach(stale::add);
    }

    private boolean isDueSince(Work work, Instant now) {
        return courses.of(work.student(), work.homework())
                .flatMap(HomeworkRequirements::due)
                .filter(due -> !due.isBefore(comparedAt) && due.isBefore(now))
                .isPresent();
    }

    private void update(Collection<Work> works, Instant now) {
        List<Work> shown = works.stream()
                .filter(work -> byCourse.computeIfAbsent(work.student().course(), _ -> new CourseRows())
                        .cohort
                        .isPresent())
                .toList();
        Map<String, List<Row>> rows = register.summariesOf(shown, now)
                .map(this::row)
                .collect(Collectors.groupingBy(row -> row.work().student().course()));
        rows.forEach((course, changed) -> {
            Map<Boolean, List<Row>> byStarted = changed.stream().collect(Collectors.partitioningBy(Row::isStarted));
            List<Work> gone = byStarted.get(false).stream().map(Row::work).toList();
            byCourse.get(course).cohort.orElseThrow().update(byStarted.get(true), gone, busy, now);
        });
    }
}
