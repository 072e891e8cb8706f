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
import io.procmon.procfs.NetworkMounts;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * All meters, and the equations that connect them. Each received record ends in one counter or is still in progress:
 *
 * <pre>{@code received = stopped(reason) + failed + running + events
 * events + patterns + recovered + resent
 *     = delivered + rejected + unreported + given up(reason) + in the spool + in flight}</pre>
 *
 * <p>Each thread publishes its figures only when no record is half counted, and a scrape reads all figures once
 * ({@link #consistently}). So both equations hold in every scrape.
 *
 * <p>"Recovered" are the activities that the spool held at start-up. "Resent" are dead letters that were sent again.
 */
@Singleton
public class Accounting {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final MeterRegistry registry;
    private final Meters meters;
    private final Timer processing;
    private final Timer spooling;
    private final Timer delivery;
    private final Timer endToEnd;

    /** A strong reference, because meters hold only a weak one. */
    private final CurrentCounts counts = new CurrentCounts();

    private final ImageCounter images = counts.images();
    private final Set<Integer> rejected = ConcurrentHashMap.newKeySet();
    private final Set<Reason> stopped = ConcurrentHashMap.newKeySet();
    private final Map<Stage, Counter> stageFailures = new EnumMap<>(Stage.class);
    private final Map<IntakeListener.Result, Counter> taken = new EnumMap<>(IntakeListener.Result.class);
    private final Map<String, LongAdder> eventsByType = new ConcurrentHashMap<>();
    private final Map<Truncation, Counter> truncations = new ConcurrentHashMap<>();
    private volatile Optional<WorkflowMeters> workflow = Optional.empty();

    public Accounting(MeterRegistry registry) {
        this.registry = registry;
        meters = new Meters(registry);
        count(
                "procmon.process.images.received",
                "Process images whose exec reached the stream",
                it -> it.images().received());
        count(
                "procmon.process.images.failed",
                "Process images that were dropped because of a bug",
                it -> it.images().failed());
        count(
                "procmon.activities.unreported",
                "Activities and patterns that were dropped because of a bug before they were stored",
                Counts::unreported);
        count(
                "procmon.patterns.reported",
                "Patterns that were handed to delivery, when found or when ended",
                Counts::patterns);
        count(
                "procmon.events",
                "Activities that ended and were handed to delivery",
                it -> it.images().events());
        count("procmon.errors", "All errors: failed, and rejected", Counts::errors);
        processing = timer("procmon.processing.duration", "From the exit of a process to its hand-over to delivery");
        spooling = timer("procmon.spooling.duration", "From the exit of a process to its storage on disk");
        delivery = timer("procmon.delivery.duration", "From the exit of a process to the backend's answer");
        for (Stage stage : Stage.values()) {
            stageFailures.put(
                    stage,
                    counter(
                            "procmon.stage.failures",
                            "Exceptions in a stage of the stream, each of which dropped at most one record",
                            "stage",
                            stage.label()));
        }
        for (IntakeListener.Result result : IntakeListener.Result.values()) {
            taken.put(
                    result,
                    counter(
                            "procmon.intake.events",
                            "Events that the class service received, by outcome",
                            "result",
                            label(result)));
        }
        endToEnd = timer("procmon.end.to.end.duration", "From the exec of a process to the backend's answer");
    }

    private void count(String name, String description, ToDoubleFunction<Counts> figure, String... tags) {
        meters.counter(name, description, counts, it -> figure.applyAsDouble(it.get()), tags);
    }

    /** Runs a scrape with the figures of one moment, so that both equations hold. */
    public <T> T consistently(Supplier<T> scrape) {
        return counts.consistently(scrape);
    }

    /** Counts an exception in a stage. The record that it dropped is counted by another meter. */
    public void failed(Stage stage) {
        stageFailures.get(stage).increment();
    }

    /** Counts activities that were running or had just started, and that a bug dropped. */
    public void lost(int activities) {
        images.failed(activities);
        images.publish();
    }

    /** Counts an activity or a pattern that a bug dropped after it was handed to delivery. */
    public void unreported() {
        counts.unreported();
    }

    /** Registers the meters of the spool and of delivery. */
    public void watch(Spool spool, Delivery delivery) {
        counts.watch(spool::counts);
        SpoolMeters.register(meters, spool, delivery, counts);
    }

    /** Registers the meters of the stream's source, and of the table in which execs wait for their exits. */
    public void watch(RecordSource source, RunningImages running) {
        meters.gauge("procmon.process.images.running", "Process images that run now", running, RunningImages::images);
        images.watch(running::activities);
        meters.gauge(
                "procmon.activities.running",
                "Activities that run now",
                counts,
                it -> it.get().images().running());
        meters.counter(
                "procmon.process.images.without.begin",
                "Exits whose exec was not received",
                running,
                RunningImages::endsWithoutBegin);
        meters.gauge(
                "procmon.builds.files",
                "Files written by builds that procmon remembers",
                running.builds(),
                Builds::remembered);
        meters.counter(
                "procmon.builds.files.forgotten",
                "Files written by builds that were forgotten to make room for newer ones",
                running.builds(),
                Builds::forgotten);
        meters.gauge(
                "procmon.mounts.silent",
                "Network file systems that do not answer, and that procmon does not read for now",
                source,
                _ -> NetworkMounts.silent());
        meters.counter(
                "procmon.mounts.deadlines.missed",
                "Requests that a network file system did not answer in time",
                source,
                _ -> NetworkMounts.missed());
        KernelMeters.register(meters, source);
        // Registered with 0, because Prometheus sees no increase in a counter that appears with its first event.
        for (Truncation truncation : Truncation.values()) {
            ofTruncation(truncation);
        }
    }

    /** Registers the meters of the class register. */
    public void watch(ClassRegister register) {
        workflow = Optional.of(new WorkflowMeters(meters, register));
    }

    /** Counts a new attempt in the class register. */
    public void entered(Work work, Attempt attempt) {
        workflow.ifPresent(meters -> meters.entered(work, attempt));
    }

    /** Counts an exec. */
    public void received(ExecRecord exec) {
        images.received();
        for (Truncation truncation : exec.truncated()) {
            ofTruncation(truncation).increment();
        }
    }

    /** Counts the result of the handlers for an exec, if it stopped there. */
    public void understood(Step<Started> step) {
        if (step instanceof Step.Begin<Started> begin) {
            ended(begin.understood());
        }
    }

    /** Counts the outcome for an activity, or for an image that turned out not to be one. */
    public void decided(Outcome<Activity> outcome) {
        outcome.proceeding().ifPresent(activity -> {
            images.event();
            ofType(activity).increment();
            processing.record(sinceEnd(activity));
        });
        ended(outcome);
        images.publish();
    }

    /** Counts an image that was joined with earlier records. Without an outcome, the image is finished here. */
    public void joined(Optional<Outcome<Activity>> decided) {
        if (decided.isEmpty()) {
            images.publish();
        }
    }

    private void ended(Outcome<?> outcome) {
        switch (outcome) {
            case Outcome.Continue<?> _ -> {}
            case Outcome.Stop<?>(var reason) -> {
                register(reason);
                images.stopped(reason);
            }
            case Outcome.Failed<?> _ -> images.failed(1);
        }
    }

    private void register(Reason reason) {
        if (stopped.add(reason)) {
            count(
                    "procmon.process.images.stopped",
                    "Process images that are not an activity, by reason",
                    it -> it.images().stopped(reason),
                    "reason",
                    reason.label());
        }
    }

    /** Counts the report of a pattern that was found or has ended. */
    public void patternReported() {
        counts.pattern();
    }

    /** Counts an activity that is in the spool. */
    public void kept(Activity activity) {
        spooling.record(sinceEnd(activity));
    }

    private Counter ofTruncation(Truncation truncation) {
        return truncations.computeIfAbsent(
                truncation,
                what -> counter("procmon.truncations", "Records with a missing part, by part", "what", label(what)));
    }

    /** Counts the outcome of a delivery. */
    public void delivered(DeliveryResult result) {
        switch (result.outcome()) {
            case DeliveryOutcome.Failed _, DeliveryOutcome.Postponed _ -> {} // the activity is still in the spool
            case DeliveryOutcome.Delivered _ -> {
                Report report = result.report();
                Instant now = Instant.now();
                delivery.record(measurable(Duration.between(report.endedAt(), now)));
                report.startedAt().ifPresent(started -> endToEnd.record(measurable(Duration.between(started, now))));
            }
            case DeliveryOutcome.Rejected refusal -> register(refusal.status());
        }
    }

    /**
     * Registers the counter of a status. The spool counts the activities, because a letter that cannot be written yet
     * is not a dead letter.
     */
    private void register(int status) {
        if (rejected.add(status)) {
            count(
                    "procmon.activities.rejected",
                    "Activities that the backend rejected and that became dead letters, by HTTP status or Kafka's error code",
                    it -> it.spool().rejected(status),
                    "status",
                    String.valueOf(status));
        }
    }

    /**
     * A gauge although the value only grows, because existing dashboards use its name without the suffix of counters.
     */
    private LongAdder ofType(Activity activity) {
        return eventsByType.computeIfAbsent(activity.started().origin().type().label(), type -> {
            LongAdder count = new LongAdder();
            meters.gauge(
                    "procmon.events.by.type", "Activities that ended, by type", count, LongAdder::sum, "type", type);
            return count;
        });
    }

    /** Counts the events that the class service receives. */
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

    /** Limits a duration to nanoseconds in 64 bits, which meters require. */
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
