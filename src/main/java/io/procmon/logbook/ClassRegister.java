package io.procmon.logbook;

import io.procmon.config.ProcmonConfig;
import io.procmon.coursefiles.Courses;
import io.procmon.progsnap2.Dataset;
import io.procmon.progsnap2.Subjects;
import io.procmon.workflow.Analysis;
import io.procmon.workflow.Attempt;
import io.procmon.workflow.History;
import io.procmon.workflow.Pattern;
import io.procmon.workflow.Picture;
import io.procmon.workflow.RunningProgram;
import io.procmon.workflow.Scene;
import io.procmon.workflow.Work;
import io.procmon.workflow.pattern.BuildWithoutRun;
import io.procmon.workflow.pattern.CrashLoop;
import io.procmon.workflow.pattern.InfiniteLoop;
import io.procmon.workflow.pattern.LateStart;
import io.procmon.workflow.pattern.PasteAndSubmit;
import io.procmon.workflow.pattern.Stuck;
import io.procmon.workflow.pattern.TestDriven;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What a teacher asks about a class: from the logbook, from what runs now, by the analysis. */
@ApplicationScoped
public class ClassRegister {

    private final Logbook logbook;
    private final Analysis analysis;
    private final Courses courses;
    private final boolean told;
    private final BroadcastProcessor<Work> changes = BroadcastProcessor.create();
    private volatile Supplier<Map<Work, List<RunningProgram>>> running = Map::of;

    @Inject
    public ClassRegister(ProcmonConfig config, Courses courses) {
        this.courses = courses;
        ProcmonConfig.Workflow options = config.workflow();
        logbook = new Logbook(new LogbookOptions(
                config.spool().dir(), options.perHomework(), options.capacity(), options.memoryCapacity()));
        analysis = analysis(options);
        told = options.report();
    }

    /** How histories are read by a configuration. */
    public static Analysis analysis(ProcmonConfig.Workflow options) {
        return new Analysis(
                options.idle(),
                List.of(
                        new Stuck(options.stuckBuilds(), options.stuckTime()),
                        new CrashLoop(3),
                        new InfiniteLoop(Duration.ofSeconds(10), Duration.ofMinutes(10)),
                        new TestDriven(5, 0.5),
                        new BuildWithoutRun(3),
                        new PasteAndSubmit(2_000, Duration.ofMinutes(1)),
                        new LateStart(Duration.ofDays(1))));
    }

    /**
     * Opens the logbook: nothing is known before.
     *
     * @param programs tells what runs now
     */
    public void open(Supplier<Map<Work, List<RunningProgram>>> programs) {
        running = programs;
        logbook.open();
    }

    /** Closes the logbook. */
    public void close() {
        logbook.close();
    }

    /**
     * Enters an attempt.
     *
     * @return whether it was not there before
     */
    public boolean enter(Work work, Attempt attempt) {
        boolean news = logbook.enter(work, attempt);
        if (news) {
            changes.onNext(work);
        }
        return news;
    }

    /** The works of which there is news from now on. A listener that is too slow misses some: nothing waits for it. */
    public Multi<Work> changes() {
        return changes.onOverflow().drop();
    }

    /** Whether the backend is to hear of patterns. */
    public boolean isToldToTheBackend() {
        return told;
    }

    /** The patterns that are looked for. */
    public List<String> patterns() {
        return analysis.patterns().stream().map(Pattern::name).toList();
    }

    /** How many attempts are kept. */
    public long size() {
        return logbook.size();
    }

    /**
     * What there is to say of the works that are asked for, by course, section, homework and student.
     *
     * @param now the time
     */
    public List<Picture> pictures(Predicate<Work> which, Instant now) {
        Map<Work, List<RunningProgram>> programs = running.get();
        List<Picture> pictures = new ArrayList<>();
        for (Work work : logbook.works()) {
            if (which.test(work)) {
                pictures.add(picture(work, programs.getOrDefault(work, List.of()), now));
            }
        }
        return pictures;
    }

    /** The same of those alone whose students are at it: there was an activity a short while ago. */
    public List<Picture> atWork(Instant now) {
        return pictures(work -> logbook.lastOf(work).isAfter(now.minus(analysis.idle())), now);
    }

    /** The builds and runs themselves, in order; those of several works one after the other. */
    public List<Attempt> attempts(Predicate<Work> which) {
        return logbook.works().stream()
                .filter(which)
                .flatMap(work -> History.of(logbook.of(work)).attempts().stream())
                .toList();
    }

    /** The works that are asked for as a data set; its students go under names that nobody can lead back. */
    public Dataset dataset(Predicate<Work> which) {
        return new Dataset(
                logbook.works().stream().filter(which).toList(), logbook::of, Subjects.unlinkable(), analysis.idle());
    }

    /** What there is to say of a work, which may be one that nobody has begun. */
    public Picture picture(Work work, Instant now) {
        return picture(work, running.get().getOrDefault(work, List.of()), now);
    }

    private Picture picture(Work work, List<RunningProgram> programs, Instant now) {
        return analysis.of(
                work,
                new Scene(History.of(logbook.of(work)), programs, courses.of(work.student(), work.homework()), now));
    }
}
