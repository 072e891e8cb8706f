package io.procmon.stream;

import static io.procmon.metrics.Stage.REPORT;

import io.procmon.classroom.course.Check;
import io.procmon.classroom.logbook.Admission;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.PatternFound;
import io.procmon.classroom.workflow.Work;
import io.procmon.classroom.workflow.WorkSummary;
import io.procmon.diagnostics.Diagnostics;
import io.procmon.events.Activity;
import io.procmon.events.Started;
import io.procmon.join.RunningImages;
import io.procmon.metrics.Accounting;
import io.procmon.report.Reports;
import io.procmon.source.RecordSource;
import io.procmon.spool.Spool;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/** The last stage of the stream: stores activities in the class register, and reports the patterns that they show. */
final class ClassRegistration {

    private final ClassRegister register;
    private final Reports reports;
    private final Spool spool;
    private final Accounting accounting;
    private final Guard guard;

    /** @param guard isolates failures in the report of a pattern */
    ClassRegistration(ClassRegister register, Reports reports, Spool spool, Accounting accounting, Guard guard) {
        this.register = register;
        this.reports = reports;
        this.spool = spool;
        this.accounting = accounting;
        this.guard = guard;
    }

    /** Opens the register. Returns the running programs, which the register shows too. */
    RunningPrograms open(RunningImages running) {
        RunningPrograms programs = new RunningPrograms(running, this::work, this::names);
        register.open(programs::byWork);
        accounting.watch(register);
        return programs;
    }

    /**
     * Stores an activity. Completes when the reports of its patterns are in the spool.
     *
     * @param checks the results of the course's requirements
     * @param diagnostics the errors and warnings of the activity
     */
    Uni<Void> enter(Activity activity, List<Check> checks, Diagnostics diagnostics) {
        Work work = work(activity.started());
        Attempt attempt = Attempts.of(activity, checks, diagnostics).renamed(names(activity.started()));
        if (!register.arePatternsReported()) {
            enter(work, attempt);
            return Uni.createFrom().voidItem();
        }
        WorkSummary before = register.summary(work, attempt.endedAt());
        enter(work, attempt);
        return tell(register.summary(work, attempt.endedAt()).newsSince(before));
    }

    /**
     * Notes in the register when procmon starts to watch.
     *
     * @param thread runs the entry
     */
    void watch(RecordSource source, Executor thread) {
        if (source.isLive()) {
            source.started().thenRunAsync(() -> register.watching(Instant.now()), thread);
        }
    }

    /** Checks the running programs and the losses. Completes when the reports of their patterns are in the spool. */
    Uni<Void> look(RecordSource source, RunningPrograms programs) {
        programs.look();
        register.noteLosses(Instant.now(), source.losses().byLabel());
        List<PatternFound> news = register.look(Instant.now());
        return register.arePatternsReported() ? tell(news) : Uni.createFrom().voidItem();
    }

    private void enter(Work work, Attempt attempt) {
        if (register.enter(work, attempt) == Admission.ADDED) {
            accounting.entered(work, attempt);
        }
    }

    /** Reports patterns. They follow the activities that show them. */
    private Uni<Void> tell(List<PatternFound> news) {
        return Multi.createFrom()
                .iterable(news)
                .invoke(accounting::patternReported)
                .onItem()
                .transformToUniAndConcatenate(
                        guard.later(REPORT, found -> spool.keep(reports.of(found)), _ -> accounting.unreported()))
                .onItem()
                .ignoreAsUni();
    }

    private UnaryOperator<String> names(Started started) {
        return name -> reports.reportedName(name, started.origin().student());
    }

    private Work work(Started started) {
        return new Work(reports.reported(started.origin().student()), started.homework());
    }
}
