package io.procmon.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.State;
import io.procmon.classroom.workflow.Work;
import io.procmon.diagnostics.Severity;
import io.procmon.metrics.ActiveStudents.Subject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The meters of a class, by course and homework, but never by student. A container could invent course names, so only
 * the most frequent courses have labels of their own.
 */
final class WorkflowMeters {

    private static final int LABELS_MAX = 200;
    private static final String OTHER = "other";

    private final Meters meters;
    private final ClassRegister register;
    private final Map<Subject, Set<Meter>> metersOf = new HashMap<>();
    private final FrequentLabels<Subject> labels;
    private final ActiveStudents students;

    WorkflowMeters(Meters meters, ClassRegister register) {
        this.meters = meters;
        this.register = register;
        students = new ActiveStudents(register);
        labels = new FrequentLabels<>(LABELS_MAX, System::nanoTime, this::gauges, this::remove);
        meters.gauge(
                "procmon.workflow.attempts",
                "Builds and runs that are stored for analysis",
                register,
                ClassRegister::size);
        meters.gauge(
                "procmon.workflow.on.disk",
                "1 if all of them survive a restart",
                register,
                it -> it.isOnDisk() ? 1 : 0);
    }

    /** Counts a new attempt. In the class service, many threads call it. */
    void entered(Work work, Attempt attempt) {
        synchronized (labels) {
            count(work, attempt);
        }
    }

    private void count(Work work, Attempt attempt) {
        Subject own = new Subject(work.student().course(), work.homework());
        Subject subject = labels.see(own) ? own : new Subject(OTHER, OTHER);
        Counter counter = Counter.builder(attempt.isBuild() ? "procmon.workflow.builds" : "procmon.workflow.runs")
                .description(attempt.isBuild() ? "Builds, by ending" : "Runs, by ending")
                .tags("course", subject.course(), "homework", subject.homework())
                .tag("ending", attempt.ending().label())
                .register(meters.registry());
        counter.increment();
        metersOf.computeIfAbsent(subject, _ -> new HashSet<>()).add(counter);
        diagnosed(subject, Severity.ERROR, attempt.diagnostics().errors());
        diagnosed(subject, Severity.WARNING, attempt.diagnostics().warnings());
    }

    /** Counts diagnostics by severity only, because a message or a type can contain text of a student. */
    private void diagnosed(Subject subject, Severity severity, int count) {
        if (count > 0) {
            Counter counter = Counter.builder("procmon.workflow.diagnostics")
                    .description("Errors and warnings of compilers, interpreters and programs, by severity")
                    .tags("course", subject.course(), "homework", subject.homework())
                    .tag("severity", severity.label())
                    .register(meters.registry());
            counter.increment(count);
            metersOf.computeIfAbsent(subject, _ -> new HashSet<>()).add(counter);
        }
    }

    private void remove(Subject subject) {
        metersOf.remove(subject).forEach(meters.registry()::remove);
    }

    private void gauges(Subject subject) {
        Set<Meter> own = metersOf.computeIfAbsent(subject, _ -> new HashSet<>());
        own.add(meters.gauge(
                "procmon.workflow.students",
                "Students in a session now",
                subject,
                it -> students.at(it).size(),
                "course",
                subject.course(),
                "homework",
                subject.homework()));
        for (State state : State.values()) {
            own.add(meters.gauge(
                    "procmon.workflow.states",
                    "Students in a session now, by progress",
                    subject,
                    it -> havingCome(it, state),
                    "course",
                    subject.course(),
                    "homework",
                    subject.homework(),
                    "state",
                    state.label()));
        }
        for (String pattern : register.patterns()) {
            own.add(meters.gauge(
                    "procmon.workflow.patterns",
                    "Students in a session now who show a pattern, by pattern",
                    subject,
                    it -> showing(it, pattern),
                    "course",
                    subject.course(),
                    "homework",
                    subject.homework(),
                    "pattern",
                    pattern));
        }
    }

    private long havingCome(Subject subject, State state) {
        return students.at(subject).stream().filter(it -> it.state() == state).count();
    }

    private long showing(Subject subject, String pattern) {
        return students.at(subject).stream()
                .filter(it -> it.patterns().contains(pattern))
                .count();
    }
}
