package io.procmon.spool;

import io.procmon.events.Report;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * The queue between procmon and the backend, on disk. {@link #keep} adds a report, {@link #batches} emits reports, and
 * {@link #settle} takes the outcome of their delivery. Any thread may call; the thread {@code spool} does the work.
 */
public final class Spool implements AutoCloseable {

    private final SpoolOptions options;
    private final Clock clock;
    private final SpoolInbox inbox = new SpoolInbox();
    private final SpoolFigures figures = new SpoolFigures();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final DeadLetters deadLetters;
    private final Consumer<Instant> newest;
    private volatile SpoolThread thread;

    /** Creates a spool whose ages are those of a clock. */
    public Spool(SpoolOptions options, Clock clock) {
        this(options, clock, _ -> {});
    }

    /** Creates a spool whose ages survive a wall clock that is wrong. */
    public Spool(SpoolOptions options, SteadyClock clock) {
        this(options, clock, clock::continueFrom);
    }

    private Spool(SpoolOptions options, Clock clock, Consumer<Instant> newest) {
        this.options = options;
        this.clock = clock;
        this.newest = newest;
        this.deadLetters = new DeadLetters(options.directory(), this::marked);
    }

    /** Opens the spool with the reports of an earlier run. */
    public void open() {
        SpoolDisk disk = SpoolDisk.open(options.directory());
        figures.countRecovered(disk.count(), disk.lost());
        SpoolThread work = new SpoolThread(options, clock, disk, inbox, deadLetters, figures);
        work.newest().ifPresent(newest);
        thread = work;
        Thread.ofPlatform().name("spool").daemon().start(() -> {
            try {
                work.run();
            } finally {
                closed.countDown();
            }
        });
    }

    /** Adds a report. Completes when the report is on disk, or in memory without a disk. */
    public Uni<Report> keep(Report report) {
        return Uni.createFrom()
                .emitter(kept -> inbox.add(new Arrival(report, clock.instant(), () -> kept.complete(report))));
    }

    /**
     * The reports for delivery, in batches of one student each. Students take turns. A student's reports are emitted in
     * the order of their arrival. At most one batch of a student is under way: the next one follows after all its
     * entries are settled. Completes after {@link #finish}, when the spool is empty. Serves one subscription.
     *
     * @param size the largest number of reports in a batch
     */
    public Multi<List<Entry>> batches(int size) {
        return Multi.createFrom().publisher((Flow.Publisher<List<Entry>>) subscriber -> thread.serve(subscriber, size));
    }

    /** Takes the outcome of the delivery of an entry. */
    public void settle(DeliveryResult result) {
        inbox.add(result);
    }

    /** Announces that no more reports will arrive. */
    public void finish() {
        thread.finish();
    }

    /** Writes everything to disk and closes the spool. Unsettled reports stay for the next start. */
    @Override
    public void close() {
        if (thread == null) {
            return;
        }
        thread.stop();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The current level. */
    public SpoolLevel level() {
        return figures.level();
    }

    /** The number of rounds of work that the spool's thread has begun. */
    public long roundsBegun() {
        return thread == null ? 0 : thread.roundsBegun();
    }

    /** The number of these rounds that have ended. */
    public long roundsDone() {
        return thread == null ? 0 : thread.roundsDone();
    }

    /** Whether a bug has ended the spool's thread: it stores nothing any more. */
    public boolean hasFailed() {
        return thread != null && thread.hasFailed();
    }

    /** The number of reports at start-up, including those that were lost with a damaged file. */
    public long recovered() {
        return figures.counts().recovered();
    }

    /** The number of reports that left the spool undelivered, by reason. */
    public long givenUp(GivenUp why) {
        return figures.counts().givenUp(why);
    }

    /** The number of dead letters that were put into the spool again. */
    public long resent() {
        return figures.counts().resent();
    }

    /** The figures of the spool at one moment. */
    public SpoolCounts counts() {
        return figures.counts();
    }

    /** Time until all reports are settled, at the rate of the last minute; empty if no report is being settled. */
    public Optional<Duration> timeToDrain() {
        return thread == null
                ? Optional.empty()
                : thread.timeFor(figures.level().reports());
    }

    /** The reports that the backend rejected. */
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    private void marked() {
        SpoolThread running = thread;
        if (running != null) {
            running.marked();
        }
    }
}
