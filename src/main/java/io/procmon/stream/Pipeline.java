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
import io.procmon.bpf.Loss;
import io.procmon.classroom.course.Check;
import io.procmon.classroom.course.Courses;
import io.procmon.classroom.logbook.ClassRegister;
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
 * The stream, from the kernel's records to the backend's answers: here and nowhere else. It has two halves, and the spool
 * is between them: what the kernel sees does not wait for a backend, and what the backend gets may be of last week.
 *
 * <p>Demand runs against the data, in each half. A disk that is slow asks for no more activities, and so on up to the ring
 * buffer, where the kernel counts what finds no room. A batch is requested from the spool only when a request to the backend
 * can begin, so what a slow backend has not taken stays in the spool.
 */
@ApplicationScoped
public class Pipeline {

    /**
     * How many activities may be on their way to the disk: what comes in during one write shares the next. No more than
     * one write is worth, for the merge looks at each of them whenever one arrives.
     */
    private static final int ON_THEIR_WAY_TO_DISK = 64;

    /** How many records may wait to be understood: one of a student who means ill has 100 kB. */
    private static final int TO_BE_UNDERSTOOD = 64;

    /** Well over what may be on its way to the disk: a merge that has to wait for others hands out in any order. */
    private static final int TO_BE_ENTERED = 256;

    /** How long deliveries wait at most for the kernel's records to be taken. */
    private static final Duration DELIVERY_WAITS = Duration.ofSeconds(1);

    /** How often programs that run are looked at. */
    private static final Duration LOOK_PAUSE = Duration.ofSeconds(5);

    private final HandlerChain chain;
    private final Reports reports;
    private final Spool spool;
    private final Delivery delivery;
    private final Accounting accounting;
    private final ClassRegistration registration;
    private final Courses courses;
    private final BrokenHandlers brokenHandlers;
    private final Guard guard;
    private final Executor thread = thread("pipeline");
    private final Executor deliveryThread = thread("delivery");
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

    /**
     * From the kernel to the spool, and to the class register: every activity that was kept. Completes after the source,
     * and fails only with it, or if somebody has subscribed before.
     */
    public Multi<Activity> kept(RecordSource source) {
        return once(() -> {
            Lineage lineage = new Lineage(chain.launchers());
            RunningImages running = new RunningImages(new SeenContainers(), watched(source));
            accounting.watch(source, running);
            RunningPrograms programs = registration.open(running);
            registration.watch(source, registerThread);
            return whileItLasts(
                    looks(source, programs), activities(source, lineage, CapturedTexts.of(source), running));
        });
    }

    /** A stream with a state of its own, and meters that watch it: to be subscribed to once. */
    private static <T> Multi<T> once(Supplier<Multi<T>> stream) {
        AtomicBoolean subscribed = new AtomicBoolean();
        return Multi.createFrom()
                .deferred(() -> subscribed.compareAndSet(false, true)
                        ? stream.get()
                        : Multi.createFrom().failure(new IllegalStateException("somebody subscribes to it already")));
    }

    /** What a throttled container starts is lost for that container only. */
    private static WatchedTime watched(RecordSource source) {
        WatchedTime watched = new WatchedTime(
                () -> source.counters().lostEverywhere(),
                () -> source.counters().lost(Loss.EXEC_THROTTLED),
                InstantSource.system());
        source.throttles().subscribe().with(throttle -> watched.throttled(throttle.cgroupId(), throttle.active()));
        return watched;
    }

    private Multi<Activity> activities(RecordSource source, Lineage lineage, TextKeeper texts, RunningImages running) {
        return source.records()
                .emitOn(thread, TO_BE_UNDERSTOOD)
                .map(this::step)
                .map(begin(chain.process()))
                .map(begin(chain.enrichment()))
                .map(begin(chain.homework()))
                .invoke(brokenHandlers::report)
                .map(guard.or(LINEAGE, lineage::place, (step, bug) -> Step.failed(step, LINEAGE.label(), bug)))
                .invoke(guard.each(OBSERVE, accounting::understood))
                .map(guard.or(JOIN, texts::take, (step, _) -> TextKeeper.withoutText(step)))
                .plug(guard.stage(JOIN, running::take, _ -> accounting.lost(running.takeLost())))
                .select()
                .where(Optional::isPresent) // an image that runs on, or one that was no activity
                .map(Optional::orElseThrow)
                .map(guard.or(DECIDE, this::decide, (_, bug) -> new Outcome.Failed<Activity>(DECIDE.label(), bug)))
                .invoke(guard.each(OBSERVE, accounting::decided))
                .map(Outcome::proceeding)
                .select()
                .where(Optional::isPresent) // what was stopped or has failed ends here
                .map(Optional::orElseThrow)
                .map(guard.or(CHECK, this::check, (activity, _) -> new Checked(activity, List.of())))
                .onItem()
                .transformToUni(guard.later(REPORT, this::keep, _ -> accounting.unreported()))
                .merge(ON_THEIR_WAY_TO_DISK)
                .invoke(guard.each(OBSERVE, checked -> accounting.kept(checked.activity())))
                .emitOn(registerThread, TO_BE_ENTERED)
                .onItem()
                .transformToUniAndConcatenate(guard.later(REGISTER, this::enter, _ -> {}));
    }

    /**
     * By the clock: a program that runs on is no event, and its student may be away. What comes of a look is told as
     * what comes of an activity is, and on the same thread.
     */
    private Multi<Void> looks(RecordSource source, RunningPrograms programs) {
        return Multi.createFrom()
                .ticks()
                .startingAfter(LOOK_PAUSE)
                .every(LOOK_PAUSE)
                .onOverflow()
                .drop() // a look that is late is left out: the next one sees no less
                .emitOn(registerThread, 1)
                .onItem()
                .transformToUniAndConcatenate(guard.later(LOOK, _ -> registration.look(source, programs), _ -> {}));
    }

    /** Something that goes on beside a stream, as long as somebody subscribes to it. */
    private static <T> Multi<T> whileItLasts(Multi<?> beside, Multi<T> stream) {
        return Multi.createFrom().deferred(() -> {
            Cancellable going = beside.subscribe().with(_ -> {});
            return stream.onTermination().invoke(going::cancel);
        });
    }

    /**
     * From the spool to the backend: the outcome of each attempt to deliver an activity, including activities that an earlier
     * procmon kept. Fails only if somebody has subscribed before.
     *
     * @param source goes first while it is behind: what is in the spool can wait, what is in the kernel can not
     */
    public Multi<DeliveryResult> deliveries(RecordSource source) {
        return once(() -> {
            accounting.watch(spool, delivery);
            return spool.batches(delivery.batchSize())
                    .plug(new DemandGate<>(source::isBehind, DELIVERY_WAITS))
                    .plug(batches -> delivery.deliverAll(batches, deliveryThread))
                    .invoke(guard.each(OBSERVE, accounting::delivered))
                    .invoke(guard.each(SETTLE, spool::settle));
        });
    }

    /** An activity, and whether it is as its course requires: told to the backend and to the class register alike. */
    private record Checked(Activity activity, List<Check> checks) {}

    private Checked check(Activity activity) {
        return new Checked(activity, checks(activity));
    }

    /** None if no course file says anything about the activity's homework. */
    private List<Check> checks(Activity activity) {
        return courses.of(
                        activity.started().origin().student(),
                        activity.started().homework())
                .map(required -> ActivityChecks.of(required, activity))
                .orElse(List.of());
    }

    private Uni<Activity> enter(Checked checked) {
        return registration.enter(checked.activity(), checked.checks()).replaceWith(checked.activity());
    }

    private Outcome<Activity> decide(Outcome<Activity> ended) {
        Outcome<Activity> decided = chain.activity(ended);
        if (decided instanceof Outcome.Failed<?> && ended instanceof Outcome.Continue<Activity>(var activity)) {
            EventLog.about(activity.eventId(), () -> brokenHandlers.report(DECIDE, decided));
        }
        return decided;
    }

    private Uni<Checked> keep(Checked checked) {
        Report report = reports.of(checked.activity(), checked.checks());
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
