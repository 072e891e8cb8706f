package io.procmon.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.procmon.api.Delivery;
import io.procmon.classroom.intake.IntakeListener;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Work;
import io.procmon.events.Activity;
import io.procmon.events.ExecRecord;
import io.procmon.events.Report;
import io.procmon.events.Started;
import io.procmon.events.Truncation;
import io.procmon.handlers.Outcome;
import io.procmon.handlers.Reason;
import io.procmon.join.Builds;
import io.procmon.join.RunningImages;
import io.procmon.join.Step;
import io.procmon.source.RecordSource;
import io.procmon.spool.DeliveryOutcome;
import io.procmon.spool.DeliveryResult;
import io.procmon.spool.Spool;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Every meter, and with them the books. Whatever came in has gone out somewhere, or is still here:
 *
 * <pre>{@code received = stopped(reason) + failed + running + events
 * events + patterns + recovered + resent
 *     = delivered + rejected + unreported + given up(reason) + in the spool + in flight}</pre>
 *
 * <p>Recovered is what the spool held at the start, resent are the dead letters that were sent again.
 */
@Singleton
public class Accounting {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final MeterRegistry registry;
    private final Meters meters;
    private final Counter received;
    private final Counter failed;
    private final Counter events;
    private final Counter patterns;
    private final Counter unreported;
    private final Counter delivered;
    private final Counter errors;
    private final Timer processing;
    private final Timer spooling;
    private final Timer delivery;
    private final Timer endToEnd;
    private final LongAdder onTheWayToDisk = new LongAdder();
    private final Map<Integer, Counter> rejected = new ConcurrentHashMap<>();
    private final Map<Stage, Counter> stageFailures = new EnumMap<>(Stage.class);
    private final Map<IntakeListener.Result, Counter> taken = new EnumMap<>(IntakeListener.Result.class);
    private final Map<Reason, Counter> stopped = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> eventsByType = new ConcurrentHashMap<>();
    private final Map<Truncation, Counter> truncations = new ConcurrentHashMap<>();
    private volatile Optional<WorkflowMeters> workflow = Optional.empty();

    public Accounting(MeterRegistry registry) {
        this.registry = registry;
        meters = new Meters(registry);
        received = counter("procmon.process.images.received", "Process images whose beginning reached the stream");
        failed = counter("procmon.process.images.failed", "Images that were lost to a bug");
        unreported = counter(
                "procmon.activities.unreported",
                "Activities and patterns that were lost to a bug before they were kept");
        patterns = counter("procmon.patterns.told", "Patterns that were handed to delivery, as found or as ended");
        events = counter("procmon.events", "Activities that ended and were handed to delivery");
        delivered = counter("procmon.activities.delivered", "Activities that the backend took");
        errors = counter("procmon.errors", "All that went wrong: failed, and rejected");
        processing = timer("procmon.processing.duration", "From the end of a process to its hand-over to delivery");
        spooling = timer("procmon.spooling.duration", "From the end of a process to its place on disk");
        delivery = timer("procmon.delivery.duration", "From the end of a process to the backend's answer");
        for (Stage stage : Stage.values()) {
            stageFailures.put(
                    stage,
                    counter(
                            "procmon.stage.failures",
                            "Exceptions in a stage of the stream, each of which cost one record at most",
                            "stage",
                            stage.label()));
        }
        for (IntakeListener.Result result : IntakeListener.Result.values()) {
            taken.put(
                    result,
                    counter(
                            "procmon.intake.events",
                            "Events that the class service received, by what became of them",
                            "result",
                            label(result)));
        }
        endToEnd = timer("procmon.end.to.end.duration", "From the exec of a process to the backend's answer");
    }

    /** A stage of the stream had a bug at a record. What that costs is counted apart. */
    public void failed(Stage stage) {
        stageFailures.get(stage).increment();
    }

    /** Activities that ran, or had just begun, were lost to a bug. */
    public void lost(int activities) {
        failed.increment(activities);
        errors.increment(activities);
    }

    /** An activity or a pattern that was handed to delivery was lost to a bug. */
    public void unreported() {
        onTheWayToDisk.decrement();
        unreported.increment();
    }

    /** Watches the spool, and what comes of its contents. */
    public void watch(Spool spool, Delivery delivery) {
        SpoolMeters.register(meters, spool, delivery, onTheWayToDisk);
    }

    /** Watches the source of the stream, and the table in which execs wait for their exits. */
    public void watch(RecordSource source, RunningImages running) {
        meters.gauge("procmon.process.images.running", "Process images that run now", running, RunningImages::images);
        meters.gauge("procmon.activities.running", "Activities that run now", running, RunningImages::activities);
        meters.counter(
                "procmon.process.images.without.begin",
                "Ends whose beginning was lost",
                running,
                RunningImages::endsWithoutBegin);
        meters.gauge(
                "procmon.builds.files",
                "Files that builds wrote and that are remembered",
                running.builds(),
                Builds::remembered);
        meters.counter(
                "procmon.builds.files.forgotten",
                "Files of builds that had to make room for newer ones",
                running.builds(),
                Builds::forgotten);
        KernelMeters.register(meters, source);
        // Counted from 0 on: Prometheus sees no increase in a counter that appears with its first event.
        for (Truncation truncation : Truncation.values()) {
            ofTruncation(truncation);
        }
    }

    /** Watches how the class works. */
    public void watch(ClassRegister register) {
        workflow = Optional.of(new WorkflowMeters(meters, register));
    }

    /** The class register has an attempt that it did not have. */
    public void entered(Work work, Attempt attempt) {
        workflow.ifPresent(meters -> meters.entered(work, attempt));
    }

    /** An image has begun. */
    public void received(ExecRecord exec) {
        received.increment();
        for (Truncation truncation : exec.truncated()) {
            ofTruncation(truncation).increment();
        }
    }

    /** What the chain made of an image that began, where that was the end of it. */
    public void understood(Step<Started> step) {
        if (step instanceof Step.Begin<Started> begin) {
            ended(begin.understood());
        }
    }

    /** What became of an activity, or of an image that was thought to be one. */
    public void decided(Outcome<Activity> outcome) {
        outcome.proceeding().ifPresent(activity -> {
            events.increment();
            onTheWayToDisk.increment();
            ofType(activity).increment();
            processing.record(sinceEnd(activity));
        });
        ended(outcome);
    }

    private void ended(Outcome<?> outcome) {
        switch (outcome) {
            case Outcome.Continue<?> _ -> {}
            case Outcome.Stop<?>(var reason) -> ofReason(reason).increment();
            case Outcome.Failed<?> _ -> {
                failed.increment();
                errors.increment();
            }
        }
    }

    private Counter ofReason(Reason reason) {
        return stopped.computeIfAbsent(
                reason,
                why -> counter(
                        "procmon.process.images.stopped",
                        "Images that are no activity, by reason",
                        "reason",
                        why.label()));
    }

    /** A pattern was found, or has ended, and is on its way to the backend. */
    public void told() {
        patterns.increment();
        onTheWayToDisk.increment();
    }

    /** What was told of a pattern is in the spool. */
    public void patternKept() {
        onTheWayToDisk.decrement();
    }

    /** An activity is in the spool. */
    public void kept(Activity activity) {
        onTheWayToDisk.decrement();
        spooling.record(sinceEnd(activity));
    }

    private Counter ofTruncation(Truncation truncation) {
        return truncations.computeIfAbsent(
                truncation,
                what -> counter("procmon.truncations", "Records with something cut off, by what", "what", label(what)));
    }

    /** How a delivery ended. */
    public void delivered(DeliveryResult result) {
        switch (result.outcome()) {
            case DeliveryOutcome.Failed _, DeliveryOutcome.Postponed _ -> {} // it is still in the spool
            case DeliveryOutcome.Delivered _ -> {
                delivered.increment();
                Report report = result.report();
                Instant now = Instant.now();
                delivery.record(measurable(Duration.between(report.endedAt(), now)));
                report.startedAt().ifPresent(started -> endToEnd.record(measurable(Duration.between(started, now))));
            }
            case DeliveryOutcome.Rejected refusal -> {
                ofStatus(refusal.status()).increment();
                errors.increment();
            }
        }
    }

    private Counter ofStatus(int status) {
        return rejected.computeIfAbsent(
                status,
                it -> counter(
                        "procmon.activities.rejected",
                        "Activities that the backend refused, and that are dead letters, by HTTP status or Kafka's error code",
                        "status",
                        String.valueOf(it)));
    }

    /** A gauge although it counts: existing dashboards know it without the suffix that counters get. */
    private LongAdder ofType(Activity activity) {
        return eventsByType.computeIfAbsent(activity.started().origin().type().label(), type -> {
            LongAdder count = new LongAdder();
            meters.gauge(
                    "procmon.events.by.type", "Activities that ended, by type", count, LongAdder::sum, "type", type);
            return count;
        });
    }

    /** Counts what the class service takes. */
    public IntakeListener intake() {
        return new IntakeListener() {
            @Override
            public void taken(Result result) {
                taken.get(result).increment();
            }

            @Override
            public void entered(Work work, Attempt attempt) {
                Accounting.this.entered(work, attempt);
            }
        };
    }

    private static Duration sinceEnd(Activity activity) {
        return measurable(Duration.between(activity.end().at().utc(), Instant.now()));
    }

    /** Meters count nanoseconds in 64 bits. */
    private static Duration measurable(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(2),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30))
                .register(registry);
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
