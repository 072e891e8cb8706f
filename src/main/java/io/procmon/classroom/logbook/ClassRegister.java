package io.procmon.classroom.logbook;

import static java.util.Comparator.comparing;

import io.procmon.classroom.course.Courses;
import io.procmon.classroom.measures.ResolveTimes;
import io.procmon.classroom.mirror.Choice;
import io.procmon.classroom.mirror.Look;
import io.procmon.classroom.pattern.BuildWithoutRun;
import io.procmon.classroom.pattern.CrashLoop;
import io.procmon.classroom.pattern.InfiniteLoop;
import io.procmon.classroom.pattern.LateStart;
import io.procmon.classroom.pattern.PasteAndSubmit;
import io.procmon.classroom.pattern.SameErrorAgain;
import io.procmon.classroom.pattern.Stuck;
import io.procmon.classroom.pattern.TestDriven;
import io.procmon.classroom.progsnap2.Dataset;
import io.procmon.classroom.progsnap2.Subjects;
import io.procmon.classroom.workflow.Analysis;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.History;
import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.Pattern;
import io.procmon.classroom.workflow.PatternContext;
import io.procmon.classroom.workflow.PatternFound;
import io.procmon.classroom.workflow.RunningProgram;
import io.procmon.classroom.workflow.Work;
import io.procmon.classroom.workflow.WorkMeasures;
import io.procmon.classroom.workflow.WorkSummary;
import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.procmon.config.Role;
import io.procmon.process.Student;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Answers a teacher's questions about a class. It combines the stored attempts and the running programs, and analyses
 * both.
 */
@ApplicationScoped
public class ClassRegister {

    /** The configuration's name for a database as the store. */
    public static final String DATABASE = "postgres";

    private final AttemptStore store;
    private final GapLog gaps;
    private final Analysis analysis;
    private final Courses courses;
    private final boolean enabled;
    private final boolean reported;
    private final BroadcastProcessor<Work> changes = BroadcastProcessor.create();
    private final RunningPatterns runningPatterns = new RunningPatterns();
    private final AtomicInteger missed = new AtomicInteger();

    private final AtomicInteger choices = new AtomicInteger();
    private volatile OptedOut optedOut = new OptedOut(-1, Set.of());

    private volatile Supplier<Map<Work, List<RunningProgram>>> running = Map::of;

    /**
     * The students who have opted out.
     *
     * @param revision the value of {@link #choices} before they were read
     */
    private record OptedOut(int revision, Set<Student> students) {}

    /** The register of a node, or of a class service with one instance. The store is a file. */
    public ClassRegister(ProcmonConfig config, Courses courses) {
        this(config, courses, logbook(config));
    }

    /**
     * The register of this process.
     *
     * @param database the database; empty in a build without a database client
     * @throws InvalidConfiguration if a database is configured that this process cannot use
     */
    @Inject
    ClassRegister(ProcmonConfig config, Courses courses, Role role, @Named(DATABASE) Instance<AttemptStore> database) {
        this(config, courses, store(config, role, database));
    }

    /** The register with a given store. */
    public ClassRegister(ProcmonConfig config, Courses courses, AttemptStore store) {
        this.courses = courses;
        this.store = store;
        gaps = new GapLog(config.spool().dir());
        analysis = analysis(config.workflow());
        enabled = config.classroom().enabled();
        reported = config.workflow().report();
    }

    private static AttemptStore store(ProcmonConfig config, Role role, Instance<AttemptStore> database) {
        if (!config.classroom().enabled()) {
            if (role.isClassService()) {
                throw new InvalidConfiguration(
                        "procmon.classroom.enabled", false, "is for nodes: the class service is the class page");
            }
            return new EmptyStore();
        }
        if (config.database().url().isEmpty()) {
            return logbook(config);
        }
        if (!role.isClassService()) {
            throw new InvalidConfiguration(
                    "procmon.database.url",
                    config.database().url().get().getHost(),
                    "is for the class service (procmon class): a node reports to it by API_ENDPOINT");
        }
        if (database.isUnsatisfied()) {
            throw new InvalidConfiguration(
                    "procmon.database.url",
                    config.database().url().get().getHost(),
                    "needs the database's client, which this build leaves out: use the JVM build");
        }
        return database.get();
    }

    private static Logbook logbook(ProcmonConfig config) {
        ProcmonConfig.Workflow options = config.workflow();
        return new Logbook(new LogbookOptions(
                config.spool().dir(),
                options.perHomework(),
                options.capacity(),
                options.memoryCapacity(),
                options.savePause()));
    }

    /** The analysis with the parameters of a configuration. */
    public static Analysis analysis(ProcmonConfig.Workflow options) {
        return new Analysis(
                options.idle(),
                List.of(
                        new Stuck(options.stuckBuilds(), options.stuckTime(), options.idle()),
                        new SameErrorAgain(options.sameErrorAttempts()),
                        new CrashLoop(options.crashLoopRuns()),
                        new InfiniteLoop(options.infiniteLoopStopped(), options.infiniteLoopRunning()),
                        new TestDriven(options.testDrivenRuns(), options.testDrivenShare()),
                        new BuildWithoutRun(options.buildWithoutRunBuilds()),
                        new PasteAndSubmit(options.pasteBytes(), options.pasteTime()),
                        new LateStart(options.lateStartTime())));
    }

    /**
     * Opens the store. Before that, the register is empty.
     *
     * @param programs the programs that run now
     */
    public void open(Supplier<Map<Work, List<RunningProgram>>> programs) {
        running = programs;
        store.open();
        choices.incrementAndGet();
        store.onChange(new StoreListener() {
            @Override
            public void changed(Work work) {
                tell(work);
            }

            @Override
            public void chosen(Student student) {
                choices.incrementAndGet();
                Infrastructure.getDefaultWorkerPool().execute(() -> tellWorksOf(student));
            }

            @Override
            public void missed() {
                choices.incrementAndGet();
                missed.incrementAndGet();
            }
        });
    }

    /** Notes that procmon begins to watch. The time since an earlier procmon stopped is a gap. */
    public void watching(Instant now) {
        gaps.watching(now);
    }

    /**
     * Notes when events were lost.
     *
     * @param lost the number of lost events since the start, by cause
     */
    public void noteLosses(Instant now, Map<String, Long> lost) {
        gaps.look(now, lost);
    }

    /** Closes the store. */
    public void close() {
        store.close();
    }

    /** Enters an attempt, unless the student's choice forbids it. */
    public Admission enter(Work work, Attempt attempt) {
        Admission admission = store.enter(work, attempt);
        if (admission == Admission.ADDED) {
            tell(work);
        }
        return admission;
    }

    /** Whether a work has an attempt or a running program. */
    public boolean knows(Work work) {
        return running.get().containsKey(work) || !store.of(work).isEmpty();
    }

    /**
     * Enters that a teacher was with a student, and writes it.
     *
     * @return whether the intervention was added
     */
    public boolean enter(Work work, Intervention intervention) {
        boolean news = store.enter(work, intervention);
        store.keep();
        if (news) {
            tell(work);
        }
        return news;
    }

    /** The attempts at a work, as they are stored. */
    public List<Attempt> recorded(Work work) {
        return store.of(work);
    }

    /** The interventions at a work, in order. */
    public List<Intervention> interventions(Work work) {
        return store.interventionsOf(work);
    }

    /**
     * Deletes all that is stored of a student. Attempts that began before are not stored again.
     *
     * @return the number of deleted attempts
     */
    public long forget(Student student) {
        List<Work> works = store.works(WorkSelection.of(student));
        long deleted = store.forget(student, Instant.now());
        store.keep();
        works.forEach(this::tell);
        return deleted;
    }

    /**
     * Enters that a student has opted out, or in again, and writes it.
     *
     * @param at when the student opted out; empty if the student opts in
     * @return whether this changed anything
     */
    public boolean setOptedOut(Student student, Optional<Instant> at) {
        boolean isChanged = store.setOptedOut(student, at);
        store.keep();
        if (isChanged) {
            choices.incrementAndGet();
            tellWorksOf(student);
        }
        return isChanged;
    }

    /** The choice of a student. */
    public Choice choiceOf(Student student) {
        return store.choiceOf(student);
    }

    /**
     * Revokes the mirror links of a student that were made until a time, and writes it. May wait for the store.
     *
     * @throws StoreUnavailable if the store does not answer
     */
    public void revokeLinks(Student student, Instant until) {
        store.revokeLinks(student, until);
        store.keep();
    }

    /** Whether a mirror link of a student that was made at a time is revoked. May wait for the store. */
    public boolean isLinkRevoked(Student student, Instant madeAt) {
        return store.linksRevokedUntil(student)
                .filter(until -> !madeAt.isAfter(until))
                .isPresent();
    }

    /**
     * Enters that somebody has looked at the selected students. Only students of whom something is stored count.
     *
     * @param which students of whom looks are entered
     */
    public void enter(Look look, WorkSelection selection, Predicate<Student> which) {
        store.works(selection).stream()
                .map(Work::student)
                .distinct()
                .filter(which)
                .forEach(student -> store.enter(student, look));
    }

    /** The newest looks at a student, in order. */
    public List<Look> looksAt(Student student) {
        return store.looksAt(student);
    }

    private void tellWorksOf(Student student) {
        store.works(WorkSelection.of(student)).forEach(this::tell);
    }

    private boolean isOptedOut(Student student) {
        int revision = choices.get();
        OptedOut known = optedOut;
        if (known.revision() != revision) {
            known = new OptedOut(revision, store.optedOut());
            optedOut = known;
        }
        return known.students().contains(student);
    }

    /** Writes the entries, so that they survive the end of this process. */
    public void keep() {
        store.keep();
    }

    /**
     * Checks the running programs. Only the works of noteworthy programs are analysed.
     *
     * @return the patterns that are new since the last check. It also contains earlier patterns that are over, unless
     * the logbook shows them: a program that ended after all was not an infinite loop
     */
    public List<PatternFound> look(Instant now) {
        store.check();
        List<PatternFound> seen = new ArrayList<>();
        running.get().forEach((work, programs) -> {
            if (analysis.findsAnythingIn(programs, now)) {
                seen.addAll(summary(work, programs, now).newsSince(summary(work, List.of(), now)));
            }
        });
        List<PatternFound> news = runningPatterns.newsOf(seen);
        news.stream().map(ClassRegister::work).distinct().forEach(this::tell);
        return news.stream()
                .filter(it -> it.ongoing() || !summary(work(it), now).shows(it))
                .toList();
    }

    /**
     * Passes a change on. Requests and the database call this from several threads, but a stream accepts one at a time.
     */
    private void tell(Work work) {
        synchronized (changes) {
            changes.onNext(work);
        }
    }

    private static Work work(PatternFound pattern) {
        return new Work(pattern.student(), pattern.homework());
    }

    /** The works that change from now on. A slow subscriber misses some, so that no other one waits for it. */
    public Multi<Work> changes() {
        return changes.onOverflow().drop();
    }

    /** A number that changes when {@link #changes} may have missed changes of another process. */
    public int missed() {
        return missed.get();
    }

    /** The selected works that have attempts, by course, section, homework and student. */
    public List<Work> works(WorkSelection selection) {
        return store.works(selection);
    }

    /** The selected works that have attempts, each with a number that changes whenever another process changes it. */
    public Map<Work, Long> revisions(WorkSelection selection) {
        return store.revisions(selection);
    }

    /** The number of works that have attempts, by course. */
    public Map<String, Integer> courseSizes() {
        return store.courses();
    }

    /** The works with programs that run now. */
    public Set<Work> runningWorks() {
        return Set.copyOf(running.get().keySet());
    }

    /** Whether builds and runs are stored, so that there is a class page. */
    public boolean isEnabled() {
        return enabled;
    }

    /** Whether patterns are reported to the backend. */
    public boolean arePatternsReported() {
        return reported;
    }

    /** The names of the patterns that are searched for. */
    public List<String> patterns() {
        return analysis.patterns().stream().map(Pattern::name).toList();
    }

    /** Whether all attempts survive the end of this process. */
    public boolean isOnDisk() {
        return store.isOnDisk();
    }

    /** The number of stored attempts. */
    public long size() {
        return store.size();
    }

    /**
     * The summaries of the selected works, by course, section, homework and student. The stream makes one at a time,
     * because the histories of a semester exceed the memory of a node.
     *
     * @param now the time
     */
    public Stream<WorkSummary> summaries(WorkSelection selection, Instant now) {
        Set<Work> busy = running.get().keySet();
        return summariesOf(
                Stream.concat(store.works(selection).stream(), busy.stream().filter(selection))
                        .toList(),
                now);
    }

    /** The same for given works. */
    public Stream<WorkSummary> summariesOf(Collection<Work> works, Instant now) {
        Map<Work, List<RunningProgram>> programs = running.get();
        List<Work> inOrder = works.stream()
                .distinct()
                .sorted(Work.BY_CLASS)
                .toList(); // otherwise sorted() makes all summaries at once for an iterator
        Function<Work, List<Attempt>> attempts = ReadAhead.attempts(store, inOrder);
        Function<Work, List<Intervention>> interventions = ReadAhead.interventions(store, inOrder);
        return inOrder.stream()
                .map(work -> summary(
                        work,
                        attempts.apply(work),
                        programs.getOrDefault(work, List.of()),
                        interventions.apply(work),
                        now));
    }

    /**
     * The works in progress: a program runs, or an activity ended a short while ago. Students who have opted out have
     * none.
     */
    public Set<Work> atWork(Instant now) {
        Set<Work> works = new HashSet<>(store.worksSince(now.minus(analysis.idle())));
        works.addAll(running.get().keySet());
        works.removeIf(work -> isOptedOut(work.student()));
        return works;
    }

    /** Whether a program of a work runs. */
    public boolean isRunning(Work work) {
        return running.get().containsKey(work);
    }

    /** The builds and runs of the selected works, in order, one work after the other. */
    public Stream<Attempt> attempts(WorkSelection selection) {
        List<Work> works = store.works(selection);
        Function<Work, List<Attempt>> attempts = ReadAhead.attempts(store, works);
        return works.stream().flatMap(work -> History.of(attempts.apply(work)).attempts().stream());
    }

    /** The selected works as a data set. The students have random names that cannot be traced back. */
    public Dataset dataset(WorkSelection selection) {
        Subjects subjects = Subjects.unlinkable();
        List<Work> works = store.works(selection).stream()
                .sorted(comparing(work -> subjects.of(work.student())))
                .toList();
        return new Dataset(
                works,
                ReadAhead.attempts(store, works),
                ReadAhead.interventions(store, works),
                subjects,
                analysis.idle(),
                gaps.gaps());
    }

    /**
     * The published measures of the selected works, by course, section, homework and student. Times are compared with
     * those of all students of the course at the same homework.
     */
    public Stream<WorkMeasures> measures(WorkSelection selection) {
        List<Work> works = store.works(selection);
        Function<Work, List<Attempt>> attempts = ReadAhead.attempts(store, works);
        Map<List<String>, ResolveTimes> times = new HashMap<>();
        return works.stream()
                .map(work -> WorkMeasures.of(
                        work,
                        History.of(attempts.apply(work)),
                        times.computeIfAbsent(assignment(work), _ -> resolveTimes(work))));
    }

    private static List<String> assignment(Work work) {
        return List.of(work.student().course(), work.homework());
    }

    /** The times of all students of the course at the same homework as a work. */
    private ResolveTimes resolveTimes(Work like) {
        List<Work> works = store.works(new WorkSelection(
                Optional.of(like.student().course()),
                Optional.empty(),
                Optional.of(like.homework()),
                Optional.empty(),
                _ -> true));
        Function<Work, List<Attempt>> attempts = ReadAhead.attempts(store, works);
        ResolveTimes times = new ResolveTimes();
        works.forEach(work -> WorkMeasures.addTimes(History.of(attempts.apply(work)), times));
        return times;
    }

    /** The summary of a work, which may have no attempts. */
    public WorkSummary summary(Work work, Instant now) {
        return summary(work, running.get().getOrDefault(work, List.of()), now);
    }

    private WorkSummary summary(Work work, List<RunningProgram> programs, Instant now) {
        return summary(work, store.of(work), programs, store.interventionsOf(work), now);
    }

    private WorkSummary summary(
            Work work,
            List<Attempt> attempts,
            List<RunningProgram> programs,
            List<Intervention> interventions,
            Instant now) {
        WorkSummary summary = analysis.of(
                work,
                new PatternContext(History.of(attempts), programs, courses.of(work.student(), work.homework()), now),
                interventions);
        return isOptedOut(work.student()) ? summary.optedOut() : summary;
    }
}
