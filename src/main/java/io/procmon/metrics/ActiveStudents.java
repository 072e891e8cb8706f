package io.procmon.metrics;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.workflow.Finding;
import io.procmon.classroom.workflow.State;
import io.procmon.classroom.workflow.Work;
import io.procmon.classroom.workflow.WorkSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The students in a session now. A student is analysed again only after a change, while a program runs, and every few
 * minutes, because a homework can become due. So the cost does not grow with the class.
 */
final class ActiveStudents {

    /** One scrape reads many meters. */
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(10);

    private static final Duration GOOD_FOR = Duration.ofMinutes(5);

    /** A course and a homework. */
    record Subject(String course, String homework) {}

    /**
     * The values of an active student that are counted. A whole summary is not cached, because it holds the history.
     */
    record ActiveStudent(Subject subject, State state, Set<String> patterns) {

        static ActiveStudent of(WorkSummary summary) {
            return new ActiveStudent(
                    new Subject(
                            summary.work().student().course(), summary.work().homework()),
                    summary.state(),
                    summary.patterns().entrySet().stream()
                            .filter(found -> found.getValue().stream().anyMatch(Finding::ongoing))
                            .map(Map.Entry::getKey)
                            .collect(toUnmodifiableSet()));
        }
    }

    /**
     * The result of the last analysis of a student.
     *
     * @param at when the analysis began
     * @param student empty until it has ended
     */
    private record Known(Instant at, Optional<ActiveStudent> student) {

        boolean isGood(Instant now) {
            return student.isPresent() && at.plus(GOOD_FOR).isAfter(now);
        }
    }

    private record Snapshot(Instant at, Map<Subject, List<ActiveStudent>> students) {}

    private final ClassRegister register;
    private final Map<Work, Known> known = new ConcurrentHashMap<>();
    private Snapshot last = new Snapshot(Instant.EPOCH, Map.of());

    ActiveStudents(ClassRegister register) {
        this.register = register;
        register.changes().subscribe().with(known::remove);
    }

    /** The students at a homework. */
    List<ActiveStudent> at(Subject subject) {
        return at(subject, Instant.now());
    }

    synchronized List<ActiveStudent> at(Subject subject, Instant now) {
        if (last.at().plus(LOOK_AGAIN_AFTER).isBefore(now)) {
            last = new Snapshot(now, look(now).stream().collect(groupingBy(ActiveStudent::subject)));
        }
        return last.students().getOrDefault(subject, List.of());
    }

    private List<ActiveStudent> look(Instant now) {
        Set<Work> atWork = register.atWork(now);
        known.keySet().retainAll(atWork);
        List<ActiveStudent> students = new ArrayList<>();
        Map<Work, Known> begun = new HashMap<>();
        for (Work work : atWork) {
            Known before = known.get(work);
            if (before != null && before.isGood(now) && !register.isRunning(work)) {
                students.add(before.student().orElseThrow());
            } else {
                begun.put(work, new Known(now, Optional.empty()));
            }
        }
        known.putAll(begun);
        register.summariesOf(begun.keySet(), now).forEach(summary -> {
            ActiveStudent student = ActiveStudent.of(summary);
            students.add(student);
            // Not if the work has changed meanwhile, and its change has removed the entry.
            known.replace(summary.work(), begun.get(summary.work()), new Known(now, Optional.of(student)));
        });
        return students;
    }
}
