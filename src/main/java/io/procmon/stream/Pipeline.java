package io.procmon.stream;

import static io.procmon.join.Step.begin;
import static io.procmon.metrics.Stage.CHECK;
import static io.procmon.metrics.Stage.DECIDE;
import static io.procmon.metrics.Stage.JOIN;
import static io.procmon.metrics.Stage.LINEAGE;
import static io.procmon.metrics.Stage.LOOK;
import static io.procmon.metrics.Stage.OBSERVE;
import static io.procmon.metrics.Stage.REGISTER;
import static io.procmon.metrics.Stage.REPORT;
import static io.procmon.metrics.Stage.SETTLE;

import io.procmon.api.Delivery;
import io.procmon.api.EventLog;
import io.procmon.classroom.course.Check;
import io.procmon.classroom.course.Courses;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.diagnostics.Diagnostics;
import io.procmon.diagnostics.DiagnosticsLevel;
import io.procmon.events.Activity;
import io.procmon.events.ExecRecord;
import io.procmon.events.ExitRecord;
import io.procmon.events.KernelRecord;
import io.procmon.events.Report;
import io.procmon.handlers.Outcome;
import io.procmon.join.Lineage;
import io.procmon.join.RunningImages;
import io.procmon.join.Step;
import io.procmon.join.TextKeeper;
import io.procmon.join.WatchedTime;
import io.procmon.metrics.Accounting;
import io.procmon.report.Reports;
import io.procmon.source.RecordSource;
import io.procmon.spool.DeliveryResult;
import io.procmon.spool.Spool;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The stream from the kernel's records to the backend's answers, defined only here. The spool divides it into two
 * halves, so that kernel records do not wait for the backend. The second half may deliver reports that are days old.
 *
 * <p>Each half applies back-pressure. If the disk is slow, the spool requests no more activities. This back-pressure
 * reaches the ring buffer, where the kernel counts the records that it cannot write. A batch is requested from the
 * spool only when a request to the backend can begin. Reports that a slow backend has not accepted stay in the spool.
 */
@ApplicationScoped
public class Pipeline {

    /**
     * At most this many activities are being written to disk. Activities that arrive during one write share the next. A
     * larger number would slow down the merge, which checks each of them at every arrival.
     */
    private static final int ON_THEIR_WAY_TO_DISK = 64;

    /**
     * The number of records that may wait to be interpreted. Each container has a queue before this one. In this queue,
     * records wait for those of other containers, so it is short: a record of 33 kB takes about 10 ms.
     */
    private static final int TO_BE_UNDERSTOOD = 16;

    /** Must exceed {@link #ON_THEIR_WAY_TO_DISK}: a merge without demand can emit its items in any order. */
    private static final int TO_BE_ENTERED = 256;

    /** Deliveries wait at most this long for a backlog of kernel records. */
    private static final Duration DELIVERY_WAITS = Duration.ofSeconds(1);

    /** The reader shows a sign of life every two seconds. */
    private static final Duration READER_HANGS = Duration.ofSeconds(10);

    /** Pause between two checks of the running programs. */
    private static final Duration LOOK_PAUSE = Duration.ofSeconds(5);

    private final HandlerChain chain;
    private final Reports reports;
    private final Spool spool;
    private final Delivery delivery;
    private final Accounting accounting;
    private final ClassRegistration registration;
    private final Courses courses;
    private final Crashes crashes = new Crashes();
    private final BrokenHandlers brokenHandlers;
    private final Guard guard;
    private final Watchdog watchdog = WatchdogThread.watchdog();
    private final Executor thread = thread("pipeline");
    private final Executor registerThread = thread("register");

    @Inject
    public Pipeline(
            HandlerChain chain,
            Reports reports,
            Spool spool,
            Delivery delivery,
            Accounting accounting,
            ClassRegister register,
            Courses courses) {
        this.chain = chain;
        this.reports = reports;
        this.spool = spool;
        this.delivery = delivery;
        this.accounting = accounting;
        this.courses = courses;
        brokenHandlers = new BrokenHandlers(accounting::failed);
        guard = new Guard(accounting::failed);
        registration = new ClassRegistration(register, reports, spool, accounting, guard);
    }

    /** Knows which stages make no progress; for any thread. */
    public Watchdog watchdog() {
        return watchdog;
    }

    /**
     * From the kernel to the spool and to the class register. Emits each activity that the spool has stored. Completes
     * after the source. Fails if the source fails, or at a second subscription.
     */
    public Multi<Activity> kept(RecordSource source) {
        return once(() -> {
            Lineage lineage = new Lineage(chain.launchers());
            RunningImages running = new RunningImages(new SeenContainers(), watched(source), chain.written());
            accounting.watch(source, running);
            RunningPrograms programs = registration.open(running);
            registration.watch(source, registerThread);
            watchdog.watch("reader", () -> source.sinceHeartbeat().compareTo(READER_HANGS) > 0);
            watchdog.watch("spool", Duration.ZERO, spool::roundsBegun, spool::roundsDone);
            watchdog.watch("requests", delivery.timeout(), delivery::requests, delivery::answers);
            return whileItLasts(
                            looks(source, programs),
                            activities(source, lineage, CapturedTexts.of(source, courses), running))
                    .plug(this::underWatch);
        });
    }

    /** Allows one subscription, because the stream has state and meters. */
    private static <T> Multi<T> once(Supplier<Multi<T>> stream) {
        AtomicBoolean subscribed = new AtomicBoolean();
        return Multi.createFrom()
                .deferred(() -> subscribed.compareAndSet(false, true)
                        ? stream.get()
                        : Multi.createFrom().failure(new IllegalStateException("the stream has a subscriber already")));
    }

    /** Records gaps in the observation. Programs that a throttled container starts are a gap of that container only. */
    private static WatchedTime watched(RecordSource source) {
        WatchedTime watched = new WatchedTime(
                () -> source.losses().everywhere(), () -> source.losses().ofContainers(), InstantSource.system());
        source.throttles().subscribe().with(throttle -> watched.throttled(throttle.cgroupId(), throttle.active()));
        return watched;
    }

    private Multi<Activity> activities(RecordSource source, Lineage lineage, TextKeeper texts, RunningImages running) {
        return source.records()
                .emitOn(thread, TO_BE_UNDERSTOOD)
                .plug(watchdog.watch("pipeline"))
                .map(this::step)
                .map(begin(chain.process()))
                .map(begin(chain.enrichment()))
                .map(begin(chain.homework()))
                .invoke(brokenHandlers::report)
                .map(guard.or(LINEAGE, lineage::place, (step, bug) -> Step.failed(step, LINEAGE.label(), bug)))
                .invoke(guard.each(OBSERVE, accounting::understood))
                .map(guard.or(JOIN, texts::take, (step, _) -> TextKeeper.withoutText(step)))
                .plug(guard.stage(JOIN, running::take, _ -> accounting.lost(running.takeLost())))
                .invoke(guard.each(OBSERVE, accounting::joined))
                .select()
                .where(Optional::isPresent) // a running image, or an image that was not an activity
                .map(Optional::orElseThrow)
                .map(guard.or(DECIDE, this::decide, (_, bug) -> new Outcome.Failed<Activity>(DECIDE.label(), bug)))
                .invoke(guard.each(OBSERVE, accounting::decided))
                .map(Outcome::proceeding)
                .select()
                .where(Optional::isPresent) // stopped and failed activities end here
                .map(Optional::orElseThrow)
                .map(guard.or(CHECK, this::check, (activity, _) -> new Checked(activity, List.of(), Diagnostics.NONE)))
                .plug(new DemandInBatches<>(ON_THEIR_WAY_TO_DISK / 4))
                .onItem()
                .transformToUni(guard.later(REPORT, this::keep, _ -> accounting.unreported()))
                .merge(ON_THEIR_WAY_TO_DISK)
                .invoke(guard.each(OBSERVE, checked -> accounting.kept(checked.activity())))
                .emitOn(registerThread, TO_BE_ENTERED)
                .plug(watchdog.watch("register"))
                .onItem()
                .transformToUniAndConcatenate(guard.later(REGISTER, this::enter, _ -> {}));
    }

    /**
     * Checks the running programs regularly, because a program that keeps running sends no record. Patterns are
     * reported on the same thread as those of activities.
     */
    private Multi<Void> looks(RecordSource source, RunningPrograms programs) {
        return Multi.createFrom()
                .ticks()
                .startingAfter(LOOK_PAUSE)
                .every(LOOK_PAUSE)
                .onOverflow()
                .drop() // a late check is skipped: the next one sees the same programs
                .emitOn(registerThread, 1)
                .onItem()
                .transformToUniAndConcatenate(guard.later(LOOK, _ -> registration.look(source, programs), _ -> {}));
    }

    /** The watchdog runs as long as the stream has a subscriber. */
    private <T> Multi<T> underWatch(Multi<T> stream) {
        return Multi.createFrom().deferred(() -> stream.onTermination().invoke(WatchdogThread.checkWith(watchdog)));
    }

    /** Runs one stream while another one has a subscriber. */
    private static <T> Multi<T> whileItLasts(Multi<?> beside, Multi<T> stream) {
        return Multi.createFrom().deferred(() -> {
            Cancellable going = beside.subscribe().with(_ -> {});
            return stream.onTermination().invoke(going::cancel);
        });
    }

    /**
     * From the spool to the backend. Emits the outcome of each delivery attempt, including those of activities that an
     * earlier run of procmon stored. Fails only at a second subscription.
     *
     * @param source has priority while it has a backlog, because records in the kernel can be dropped and reports in
     *     the spool cannot
     */
    public Multi<DeliveryResult> deliveries(RecordSource source) {
        return once(() -> {
            accounting.watch(spool, delivery);
            Executor executor = watchdog.watch("delivery", delivery.executor().orElseGet(() -> thread("delivery")));
            return spool.batches(delivery.batchSize())
                    .plug(new DemandGate<>(source::isBehind, DELIVERY_WAITS))
                    .plug(batches -> delivery.deliverAll(batches, executor))
                    .invoke(guard.each(OBSERVE, accounting::delivered))
                    .invoke(guard.each(SETTLE, spool::settle));
        });
    }

    /** An activity with its checks and its diagnostics, which go to the backend and to the class register. */
    private record Checked(Activity activity, List<Check> checks, Diagnostics diagnostics) {}

    private Checked check(Activity activity) {
        DiagnosticsLevel level = allowed(activity);
        Diagnostics said = reports.diagnostics(activity, level);
        Diagnostics diagnostics = level == DiagnosticsLevel.OFF
                ? said
                : crashes.of(activity).map(said::with).orElse(said).at(level);
        return new Checked(activity, checks(activity, diagnostics), diagnostics);
    }

    /** The level of diagnostics that the activity's course allows. */
    private DiagnosticsLevel allowed(Activity activity) {
        return courses.diagnostics(activity.started().origin().student());
    }

    /** The results of the requirements; empty if no course has any for the homework. */
    private List<Check> checks(Activity activity, Diagnostics diagnostics) {
        return courses.of(
                        activity.started().origin().student(),
                        activity.started().homework())
                .map(required -> ActivityChecks.of(required, activity, diagnostics))
                .orElse(List.of());
    }

    private Uni<Activity> enter(Checked checked) {
        return registration
                .enter(checked.activity(), checked.checks(), checked.diagnostics())
                .replaceWith(checked.activity());
    }

    private Outcome<Activity> decide(Outcome<Activity> ended) {
        Outcome<Activity> decided = chain.activity(ended);
        if (decided instanceof Outcome.Failed<?> && ended instanceof Outcome.Continue<Activity>(var activity)) {
            EventLog.about(activity.eventId(), () -> brokenHandlers.report(DECIDE, decided));
        }
        return decided;
    }

    private Uni<Checked> keep(Checked checked) {
        Activity activity = checked.activity();
        Report report = reports.of(activity, checked.checks(), allowed(activity), checked.diagnostics());
        return spool.keep(report).invoke(() -> sayKept(report)).replaceWith(checked);
    }

    private static void sayKept(Report report) {
        if (Log.isDebugEnabled()) {
            EventLog.about(report.eventId(), () -> Log.debug("kept"));
        }
    }

    private Step<ExecRecord> step(KernelRecord record) {
        return switch (record) {
            case ExecRecord exec -> {
                accounting.received(exec);
                yield new Step.Begin<>(exec, Outcome.proceed(exec));
            }
            case ExitRecord exit -> new Step.End<>(exit);
        };
    }

    private static Executor thread(String name) {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }
}
