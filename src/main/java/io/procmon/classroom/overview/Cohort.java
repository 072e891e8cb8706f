package io.procmon.classroom.overview;

import io.procmon.classroom.course.Course;
import io.procmon.classroom.workflow.Progress;
import io.procmon.classroom.workflow.Step;
import io.procmon.classroom.workflow.Work;
import io.procmon.process.Student;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The students of a course, with the figures that a student is compared with. The figures exclude students who have opted
 * out. A changed row changes the entries and figures that depend on it, and no others. Only if a student comes, goes,
 * opts out or opts in, all entries are made again. Thread-safe.
 */
public final class Cohort {

    /** The number of changes that are kept for views. A view that has missed more reads all entries. */
    static final int CHANGES_MAX = 128;

    /** The revision of a view that has seen no entries. */
    private static final long NOTHING = -1;

    /** If the time is earlier than before by less, it stays. Several threads read the clock before they come here. */
    private static final Duration SET_BACK = Duration.ofMinutes(1);

    private static final Comparator<Entry> LONGEST_IDLE_FIRST = Comparator.comparing(
                    (Entry entry) -> entry.row().lastSeen())
            .thenComparing(entry -> entry.row().work(), Work.BY_CLASS);

    /**
     * A homework that a course file names.
     *
     * @param homework the homework directory, such as {@code hw1}
     * @param sections the sections that have it; empty for all
     * @param opens the time from which on students can work at it; empty if it is not restricted
     * @param steps its steps, in order
     */
    private record Assignment(String homework, Set<String> sections, Optional<Instant> opens, List<Step> steps) {

        boolean isOf(Set<String> some) {
            return sections.isEmpty() || some.stream().anyMatch(sections::contains);
        }

        boolean isOpen(Instant now) {
            return opens.filter(now::isBefore).isEmpty();
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
     * A change of an entry.
     *
     * @param revision increases by one with each change
     * @param before empty if the entry is new
     */
    record Change(long revision, Optional<Entry> before, Entry now) {}

    /**
     * What a view knows of the course.
     *
     * @param revision the newest change
     */
    record Seen(long revision, Figures figures) {}

    /**
     * What a view has to know.
     *
     * @param seen what the view knows then
     * @param whole all entries; empty if the changes suffice
     * @param parts the changes since the last time, in order
     */
    record Changes(Seen seen, Optional<List<Entry>> whole, List<Change> parts) {}

    /**
     * The figures of the selected sections and homeworks, and all names that can be selected.
     *
     * @param funnels by homework
     * @param errors by homework
     */
    record Figures(List<Funnel> funnels, List<CommonError> errors, Set<String> sections, Set<String> homeworks) {}

    private final String course;
    private final Rules rules;
    private final List<Assignment> assignments = new ArrayList<>();
    private final Map<Work, Entry> entries = new HashMap<>();
    private final SortedMap<String, HomeworkFigures> homeworks = new TreeMap<>();
    private final NavigableSet<Entry> atWork = new TreeSet<>(LONGEST_IDLE_FIRST);
    private final Deque<Change> changes = new ArrayDeque<>();
    private Roster roster = Roster.of(List.of());
    private Set<Work> busy = Set.of();
    private Instant at = Instant.EPOCH;
    private long revision;

    /** All later changes are kept. */
    private long keptSince;

    /**
     * Creates a cohort without students.
     *
     * @param files the requirements of the course
     */
    Cohort(String course, List<Course> files, Rules rules) {
        this.course = course;
        this.rules = rules;
        for (Course file : files) {
            file.assigned()
                    .forEach((name, required) -> assignments.add(
                            new Assignment(name, file.sections(), required.opens(), Progress.steps(required))));
        }
    }

    /** The name of the course. */
    public String course() {
        return course;
    }

    /** The rows, by section, homework and student. */
    public synchronized List<Row> rows() {
        return entries.values().stream()
                .map(Entry::row)
                .sorted(Comparator.comparing(Row::work, Work.BY_CLASS))
                .toList();
    }

    /** The works that have rows. */
    synchronized Set<Work> works() {
        return Set.copyOf(entries.keySet());
    }

    /** Whether a work has a row. */
    synchronized boolean has(Work work) {
        return entries.containsKey(work);
    }

    /** The number of rows. */
    synchronized int size() {
        return entries.size();
    }

    /** The number of a student in the section, from 1, in the order of the ids; 0 if the student is unknown. */
    public synchronized int numberOf(Student student) {
        return roster.numbers().getOrDefault(student, 0);
    }

    /**
     * Takes over what has changed.
     *
     * @param changed rows that are new or have changed
     * @param gone works without rows
     * @param running the works with running programs
     */
    synchronized void update(Collection<Row> changed, Collection<Work> gone, Set<Work> running, Instant now) {
        Instant before = at;
        at = now.isBefore(at) && now.plus(SET_BACK).isAfter(at) ? at : now;
        Set<Work> ranBefore = busy;
        busy = running;
        if (at.isBefore(before)
                || gone.stream().anyMatch(entries::containsKey)
                || !changed.stream().allMatch(roster::isRightWith)) {
            renew(changed, gone);
            return;
        }
        Instant time = at;
        if (assignments.stream().anyMatch(it -> it.isOpen(time) && !it.isOpen(before))) {
            revision++;
        }
        changed.forEach(this::enter);
        Stream.of(ranBefore, running)
                .flatMap(Set::stream)
                .filter(work -> ranBefore.contains(work) != running.contains(work))
                .forEach(this::show);
        idle().forEach(this::show);
    }

    /** Makes all entries again. */
    private void renew(Collection<Row> changed, Collection<Work> gone) {
        Map<Work, Row> rows = new HashMap<>();
        entries.values().forEach(entry -> rows.put(entry.row().work(), entry.row()));
        changed.forEach(row -> rows.put(row.work(), row));
        rows.keySet().removeAll(gone);
        roster = Roster.of(rows.values());
        entries.clear();
        homeworks.clear();
        atWork.clear();
        rows.values().forEach(row -> figures(row.work()).compare(Optional.empty(), row));
        rows.values().forEach(this::show);
        changes.clear();
        keptSince = ++revision;
    }

    private void enter(Row row) {
        HomeworkFigures figures = figures(row.work());
        boolean isCompared =
                figures.compare(Optional.ofNullable(entries.get(row.work())).map(Entry::row), row);
        show(row);
        if (isCompared) {
            figures.failing().forEach(this::show);
        }
    }

    private HomeworkFigures figures(Work work) {
        return homeworks.computeIfAbsent(work.homework(), _ -> new HomeworkFigures());
    }

    /** The works of students who were at work until now. */
    private List<Work> idle() {
        List<Work> idle = new ArrayList<>();
        for (Entry entry : atWork) {
            if (rules.isRecent(entry.row(), at)) {
                break;
            }
            idle.add(entry.row().work());
        }
        return idle;
    }

    private void show(Work work) {
        Optional.ofNullable(entries.get(work)).map(Entry::row).ifPresent(this::show);
    }

    /** Makes the entry of a row, whose repair times are entered, again. */
    private synchronized void show(Row row) {
        HomeworkFigures figures = figures(row.work());
        Entry now = Entry.of(
                row,
                roster.numbers().get(row.work().student()),
                rules.isAtWork(row, busy, at),
                figures.norm(row, rules.share()),
                rules);
        Optional<Entry> before = Optional.ofNullable(entries.put(row.work(), now));
        if (before.equals(Optional.of(now))) {
            return;
        }
        figures.count(before, now);
        before.ifPresent(atWork::remove);
        if (now.atWork()) {
            atWork.add(now);
        }
        changes.addLast(new Change(++revision, before, now));
        if (changes.size() > CHANGES_MAX) {
            keptSince = changes.removeFirst().revision();
        }
    }

    /**
     * What has changed for a view.
     *
     * @param seen what the view knows; empty if it is new
     * @return empty if nothing has changed
     */
    synchronized Optional<Changes> since(Optional<Seen> seen, ClassQuery query) {
        long known = seen.map(Seen::revision).orElse(NOTHING);
        if (known == revision) {
            return Optional.empty();
        }
        boolean isKept = known >= keptSince;
        return Optional.of(new Changes(
                new Seen(revision, figures(query)),
                isKept ? Optional.empty() : Optional.of(List.copyOf(entries.values())),
                isKept ? changes.stream().filter(it -> it.revision() > known).toList() : List.of()));
    }

    private Figures figures(ClassQuery query) {
        Set<String> sections =
                roster.sizes().keySet().stream().filter(query::isOfSection).collect(Collectors.toSet());
        int students = sections.stream().mapToInt(roster.sizes()::get).sum();
        Set<String> names = names();
        List<Funnel> funnels = new ArrayList<>();
        List<CommonError> errors = new ArrayList<>();
        for (String homework : names) {
            if (query.isOfHomework(homework)) {
                List<SectionTally> tallies = Optional.ofNullable(homeworks.get(homework)).stream()
                        .flatMap(it -> it.tallies(query).stream())
                        .toList();
                if (tallies.isEmpty()) {
                    steps(homework, sections)
                            .map(steps -> Funnel.of(course, homework, students, steps, List.of()))
                            .ifPresent(funnels::add);
                } else {
                    funnels.add(Funnel.of(course, homework, students, List.of(), tallies));
                    CommonError.of(course, homework, tallies).forEach(errors::add);
                }
            }
        }
        return new Figures(funnels, errors, roster.sections(), names);
    }

    /** The homeworks that the course's files name, and those that a student has begun, in order. */
    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        assignments.forEach(it -> names.add(it.homework()));
        homeworks.forEach((homework, figures) -> {
            if (figures.isBegun()) {
                names.add(homework);
            }
        });
        return names;
    }

    /** The steps of a homework that students of some sections can begin. */
    private Optional<List<Step>> steps(String homework, Set<String> sections) {
        List<Assignment> named = assignments.stream()
                .filter(it -> it.homework().equals(homework))
                .toList();
        if (sections.isEmpty()) {
            return Optional.empty();
        }
        Instant time = at;
        return named.isEmpty()
                ? Optional.of(homeworks.get(homework).steps())
                : named.stream()
                        .filter(it -> it.isOpen(time) && it.isOf(sections))
                        .map(Assignment::steps)
                        .findFirst();
    }

    /** The medians of a homework; empty if no student has begun. */
    public synchronized Optional<Medians> medians(String homework) {
        List<Row> started = entries.values().stream()
                .map(Entry::row)
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
