package io.procmon.spool;

import io.procmon.events.Report;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.LongAdder;

/**
 * The queue between procmon and the backend, on disk. {@link #keep} adds a report, {@link #batches} hands reports out, and
 * {@link #settle} takes the outcome of their delivery. Any thread may call; a thread of its own does the work.
 */
public final class Spool implements AutoCloseable {

    private final SpoolOptions options;
    private final Clock clock;
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final Queue<DeliveryResult> settlements = new ConcurrentLinkedQueue<>();
    private final Map<GivenUp, LongAdder> givenUp = new EnumMap<>(GivenUp.class);
    private final LongAdder resent = new LongAdder();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final DeadLetters deadLetters;
    private volatile SpoolThread thread;
    private volatile SpoolLevel stock = SpoolLevel.EMPTY;
    private volatile long recovered;

    public Spool(SpoolOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
        this.deadLetters = new DeadLetters(options.directory(), this::marked);
        for (GivenUp why : GivenUp.values()) {
            givenUp.put(why, new LongAdder());
        }
    }

    /** Opens the spool, and takes over what is in it. */
    public void open() {
        SpoolDisk disk = SpoolDisk.open(options.directory());
        recovered = disk.count() + disk.lost();
        givenUp.get(GivenUp.DAMAGED).add(disk.lost());
        thread = new SpoolThread(this, disk);
        stock = thread.stock();
        Thread.ofPlatform().name("spool").daemon().start(thread);
    }

    /** Takes a report in. The answer comes when the report is on disk, or in memory if there is no disk. */
    public Uni<Report> keep(Report report) {
        return Uni.createFrom().emitter(kept -> {
            arrivals.add(new Arrival(report, clock.instant(), () -> kept.complete(report)));
            thread.arrived();
        });
    }

    /**
     * The reports to be delivered, in batches of one student each. Students take turns. A student's reports come in the
     * order of their arrival, and only one batch of a student is handed out at a time: the next one follows after each
     * entry of it is settled. Completes after {@link #finish}, when nothing is left. Only one subscription is served.
     *
     * @param size how many reports a batch may hold
     */
    public Multi<List<Entry>> batches(int size) {
        return Multi.createFrom().publisher((Flow.Publisher<List<Entry>>) subscriber -> thread.serve(subscriber, size));
    }

    /** Takes the outcome of the delivery of an entry. */
    public void settle(DeliveryResult result) {
        settlements.add(result);
        thread.arrived();
    }

    /** Nothing will come in any more. */
    public void finish() {
        thread.finish();
    }

    /** Puts everything on disk and closes it. What is not settled is there for the next start. */
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

    /** What is in it now. */
    public SpoolLevel stock() {
        return stock;
    }

    /** Whether it has failed for good, by a bug: nothing is kept any more. */
    public boolean hasFailed() {
        return thread != null && thread.hasFailed();
    }

    /** How many reports it held before it was opened, those that were lost with a damaged file included. */
    public long recovered() {
        return recovered;
    }

    /** How many reports left it untold, for a reason. */
    public long givenUp(GivenUp why) {
        return givenUp.get(why).sum();
    }

    /** How many dead letters were put into it again. */
    public long resent() {
        return resent.sum();
    }

    /** How long it takes until all that is kept is settled, at the pace of the last minute; empty if nothing moves. */
    public Optional<Duration> timeToDrain() {
        return thread == null ? Optional.empty() : thread.pace().timeFor(stock.reports());
    }

    /** What no backend would take. */
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    private void marked() {
        SpoolThread open = thread;
        if (open != null) {
            open.marked();
        }
    }

    SpoolOptions options() {
        return options;
    }

    Clock clock() {
        return clock;
    }

    Queue<Arrival> arrivals() {
        return arrivals;
    }

    Queue<DeliveryResult> settlements() {
        return settlements;
    }

    void publish(SpoolLevel now) {
        stock = now;
    }

    void countGivenUp(GivenUp why) {
        givenUp.get(why).increment();
    }

    void countResent(long letters) {
        resent.add(letters);
    }

    void closed() {
        closed.countDown();
    }
}
