package io.procmon.cli;

import io.procmon.api.Backends;
import io.procmon.api.Delivery;
import io.procmon.api.EventLog;
import io.procmon.bpf.BpfException;
import io.procmon.bpf.Throttle;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.config.ProcmonConfig;
import io.procmon.events.Activity;
import io.procmon.source.RecordSource;
import io.procmon.spool.DeliveryOutcome;
import io.procmon.spool.DeliveryResult;
import io.procmon.spool.Spool;
import io.procmon.spool.SpoolLevel;
import io.procmon.stream.LossReport;
import io.procmon.stream.Pipeline;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs the service: starts watching, logs it, and stops without losing records. */
@ApplicationScoped
public class Service implements QuarkusApplication {

    private static final int SOFTWARE = 70;
    private static final int STOP_STEP_MILLIS = 50;
    private static final Duration LOSS_PAUSE = Duration.ofSeconds(10);

    private final ProcmonConfig config;
    private final Pipeline pipeline;
    private final RecordSource source;
    private final Backends backends;
    private final Delivery delivery;
    private final Spool spool;
    private final ClassRegister register;

    private final ActivityLine line = new ActivityLine(ZoneId.systemDefault());
    private final CountDownLatch watched = new CountDownLatch(1);
    private final CountDownLatch delivered = new CountDownLatch(1);
    private volatile int exitCode;
    private volatile boolean watching;

    @Inject
    Service(
            ProcmonConfig config,
            Pipeline pipeline,
            RecordSource source,
            Backends backends,
            Delivery delivery,
            Spool spool,
            ClassRegister register) {
        this.config = config;
        this.pipeline = pipeline;
        this.source = source;
        this.backends = backends;
        this.delivery = delivery;
        this.spool = spool;
        this.register = register;
    }

    @Override
    public int run(String... args) throws InterruptedException {
        source.started()
                .thenAccept(what -> Log.infof(
                        "watching: %s; hostnames %s*; activities go to %s",
                        what, config.hostname().prefix(), backends.address()));
        source.throttles().subscribe().with(this::report);
        tellLosses();
        watching = true;
        spool.open();
        pipeline.deliveries(source).subscribe().with(this::report, this::fail, delivered::countDown);
        pipeline.kept(source).subscribe().with(this::print, this::fail, watched::countDown);
        Quarkus.waitForExit();
        return exitCode;
    }

    /**
     * Stops in two steps. First all records that were seen go to the spool; then the spool is delivered while time is
     * left and the backend answers. This is an observer because Quarkus waits for observers with its servers still up,
     * but not for {@link #run}.
     */
    void stop(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent stopping) throws InterruptedException {
        if (!watching) {
            return;
        }
        long end = System.nanoTime() + config.stopTimeout().toNanos();
        source.stop();
        if (!watched.await(config.stopTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
            Log.warn("stopped before all records that procmon has seen were stored");
        }
        spool.finish();
        while (System.nanoTime() < end && !delivery.isBackendAway()) {
            if (delivered.await(STOP_STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        spool.close();
        register.close();
        SpoolLevel left = spool.level();
        if (left.reports() > 0) {
            Log.warnf(
                    "%d activities were not delivered%s",
                    left.reports(), left.onDisk() ? ", and will be delivered after the next start" : ", and are lost");
        }
    }

    private void tellLosses() {
        LossReport losses = new LossReport();
        Multi.createFrom()
                .ticks()
                .every(LOSS_PAUSE)
                .onOverflow()
                .drop()
                .map(_ -> losses.since(source.losses()))
                .select()
                .where(Optional::isPresent)
                .map(Optional::orElseThrow)
                .subscribe()
                .with(Log::warn);
    }

    private void print(Activity activity) {
        if (config.print()) {
            System.out.println(line.of(activity));
        }
    }

    private void report(DeliveryResult result) {
        boolean isRemarkable = result.outcome() instanceof DeliveryOutcome.Rejected
                || result.outcome() instanceof DeliveryOutcome.Postponed;
        if (isRemarkable || Log.isDebugEnabled()) {
            EventLog.about(result.report().eventId(), () -> say(result));
        }
    }

    private static void say(DeliveryResult result) {
        UUID event = result.report().eventId();
        switch (result.outcome()) {
            case DeliveryOutcome.Delivered _ -> Log.debugf("delivered %s", event);
            case DeliveryOutcome.Failed it -> Log.debugf("event %s is not delivered yet: %s", event, it.cause());
            case DeliveryOutcome.Rejected it ->
                Log.warnf("the backend rejected event %s: %s; it is a dead letter now", event, reason(it));
            case DeliveryOutcome.Postponed it ->
                Log.warnf(
                        "delivery of event %s keeps failing: %s; it is retried later, and other events are sent first",
                        event, it.cause());
        }
    }

    /**
     * The reason in the log. The backend's answer may contain personal data, so it is left out; a text without an HTTP
     * status is procmon's own.
     */
    private static String reason(DeliveryOutcome.Rejected rejected) {
        return rejected.status() == DeliveryOutcome.NO_STATUS ? rejected.answer() : "status " + rejected.status();
    }

    /**
     * Logs the container by its cgroup, which `find /sys/fs/cgroup -inum` finds, because the hostname would name a
     * student.
     */
    private void report(Throttle throttle) {
        if (!throttle.active()) {
            Log.infof(
                    "the container of cgroup %d starts fewer programs again: %d of its programs were skipped",
                    throttle.cgroupId(), throttle.skipped());
            return;
        }
        switch (throttle.limit()) {
            case RATE ->
                Log.warnf(
                        "the container of cgroup %d starts more than %d programs a second: some are skipped, counted as exec_throttled in procmon_kernel_losses_total",
                        throttle.cgroupId(), config.kernel().execRate());
            case PROCESSES ->
                Log.warnf(
                        "the container of cgroup %d runs as many programs at a time as one container may, a quarter of procmon.kernel.processes (%d): more are skipped, counted as exec_crowded in procmon_kernel_losses_total",
                        throttle.cgroupId(), config.kernel().processes());
        }
    }

    private void fail(Throwable failure) {
        watched.countDown();
        if (failure instanceof BpfException reason) {
            Log.error(reason.getMessage());
            exitCode = reason.exitCode();
        } else {
            Log.error("the stream has failed, which is a bug", failure);
            exitCode = SOFTWARE;
        }
        Quarkus.asyncExit(exitCode);
    }
}
