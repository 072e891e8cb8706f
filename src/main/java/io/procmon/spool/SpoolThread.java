package io.procmon.spool;

import io.procmon.events.Report;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The work of the thread {@code spool}. The thread writes all new reports to disk in one step, removes settled reports,
 * and emits batches on request.
 *
 * <p>Reports that arrive during one step share the next: a single report is on disk at once, and many reports share one
 * wait for the disk. Without work, the thread sleeps until something arrives or is due.
 */
final class SpoolThread implements Runnable {

    private static final int BATCH = 512;

    /** The time for which arrivals are collected if the last step has just ended. */
    private static final long LINGER = TimeUnit.MILLISECONDS.toNanos(2);

    private static final int SETTLED_AT_ONCE = 1024;

    /**
     * The interval of limits, gauges and settlements on disk while there is work. After a crash, reports whose settlement
     * is not on disk are sent again.
     */
    private static final long HOUSEKEEPING = TimeUnit.MILLISECONDS.toNanos(250);

    /** The longest time for which they wait for a sync that is due soon, so that one wake-up serves both. */
    private static final long HOUSEKEEPING_WAITS = TimeUnit.SECONDS.toNanos(1);

    /** The interval of checks without work: marks of another process on dead letters, the age limit, and the file. */
    private static final long LOOK_PAUSE = TimeUnit.SECONDS.toNanos(5);

    /** The shortest pause between two reads from disk. A wake-up for each record would cost more than the record. */
    private static final long CATCH_UP_STEP = TimeUnit.MILLISECONDS.toNanos(5);

    private static final Duration DEAD_LETTER_AGAIN = Duration.ofSeconds(30);

    private final SpoolOptions options;
    private final Clock clock;
    private final SpoolDisk disk;
    private final SpoolInbox inbox;
    private final DeadLetters deadLetters;
    private final SpoolFigures figures;
    private final Backlog backlog;
    private final Losses losses = new Losses();
    private final SettlementRate rate = new SettlementRate();
    private final List<DeliveryResult> dying = new ArrayList<>();
    private volatile SpoolSubscription subscription;
    private volatile boolean finishing;
    private volatile boolean stopping;
    private volatile boolean marked;

    private final AtomicLong roundsBegun = new AtomicLong();
    private final AtomicLong roundsDone = new AtomicLong();
    private volatile Throwable failure;
    private long savedAt = System.nanoTime() - LINGER;
    private long housekeptAt = System.nanoTime();
    private long marksLookedForAt = housekeptAt - LOOK_PAUSE;
    private boolean unpublished;
    private boolean complete;

    SpoolThread(
            SpoolOptions options,
            Clock clock,
            SpoolDisk disk,
            SpoolInbox inbox,
            DeadLetters deadLetters,
            SpoolFigures figures) {
        this.options = options;
        this.clock = clock;
        this.disk = disk;
        this.inbox = inbox;
        this.deadLetters = deadLetters;
        this.figures = figures;
        this.backlog = new Backlog(disk, options.catchUpRate(), this::gaveUp);
        figures.publish(backlog.level());
    }

    /** When the newest report of an earlier run was kept. */
    Optional<Instant> newest() {
        return backlog.newest();
    }

    /** Announces dead letters that are marked for resending. */
    void marked() {
        marked = true;
        inbox.wake();
    }

    void finish() {
        finishing = true;
        inbox.wake();
    }

    void stop() {
        stopping = true;
        inbox.wake();
    }

    void serve(Flow.Subscriber<? super List<Entry>> subscriber, int batchSize) {
        SpoolSubscription opened = new SpoolSubscription(subscriber, batchSize, inbox::wake);
        subscriber.onSubscribe(opened);
        subscription = opened;
        if (failure != null) {
            opened.fail(failure);
        }
        inbox.wake();
    }

    /** The number of rounds of work that have begun. A round takes milliseconds, unless the disk or a subscriber does not return. */
    long roundsBegun() {
        return roundsBegun.get();
    }

    /** The number of rounds of work that have ended. */
    long roundsDone() {
        return roundsDone.get();
    }

    /** Whether a bug has ended the thread: reports are neither stored nor emitted any more. */
    boolean hasFailed() {
        return failure != null;
    }

    /** Time until this many reports are settled, at the rate of the last minute; empty if none is being settled. */
    Optional<Duration> timeFor(long reports) {
        return rate.timeFor(reports);
    }

    @Override
    public void run() {
        inbox.readBy(Thread.currentThread());
        try {
            runUntilStopped();
        } catch (Throwable bug) { // errors too, because otherwise the end of the thread would go unnoticed
            fail(bug);
        }
    }

    /** A failed spool must not look like an idle one, so its failure ends the process. */
    private void fail(Throwable bug) {
        failure = bug;
        SpoolSubscription open = subscription;
        if (open != null) {
            open.fail(bug);
        }
        Log.error("the spool has failed, which is a bug", bug);
    }

    private void runUntilStopped() {
        while (!stopping) {
            roundsBegun.incrementAndGet();
            long wait = work();
            roundsDone.incrementAndGet();
            if (wait > 0 && !stopping) {
                sleep(wait);
            }
        }
        takeIn(Integer.MAX_VALUE);
        settle();
        save();
        figures.publish(backlog.level());
        disk.close();
        complete();
    }

    private void sleep(long wait) {
        if (wait <= LINGER) {
            inbox.linger(wait);
        } else {
            inbox.await(wait, wait > HOUSEKEEPING || isDeliveryAwaited());
        }
    }

    /** Whether there is more to do than to count as soon as an activity is delivered. */
    private boolean isDeliveryAwaited() {
        return finishing || backlog.isFull() || backlog.count() > backlog.underWay();
    }

    /** Runs one round; returns the time until there is more to do, in nanoseconds. */
    private long work() {
        boolean syncWasDue = disk.untilSync(System.nanoTime()) <= 0;
        settle();
        boolean crowd = System.nanoTime() - savedAt < LINGER;
        if (inbox.hasArrivals() && !crowd) {
            takeIn(BATCH);
        } else if (disk.unsavedRemovals() > SETTLED_AT_ONCE) {
            save();
        }
        if (disk.untilSync(System.nanoTime()) <= 0) {
            disk.sync();
        }
        boolean handedOut = handOut();
        publishCounts();
        housekeep(syncWasDue);
        if (finishing && inbox.isEmpty() && backlog.count() == 0) {
            complete();
        }
        if (handedOut || inbox.hasSettlements()) {
            return 0;
        }
        return inbox.hasArrivals() ? LINGER - (System.nanoTime() - savedAt) : idle();
    }

    /** The time until something is due. */
    private long idle() {
        long now = System.nanoTime();
        long untilSync = disk.untilSync(now);
        boolean busy = unpublished || marked || losses.isPending() || isAnyUnsaved();
        long until = busy && untilSync > HOUSEKEEPING ? HOUSEKEEPING - (now - housekeptAt) : lookPause();
        until = Math.min(until, untilSync);
        if (isAskedFor() && !backlog.isFull()) {
            OptionalLong next = backlog.nextAt();
            until = next.isPresent() ? Math.min(until, Math.max(CATCH_UP_STEP, next.getAsLong() - now)) : until;
        }
        return Math.max(1, until);
    }

    /** Whether the disk lacks reports or settlements. */
    private boolean isAnyUnsaved() {
        return disk.unsavedRemovals() > 0 || (disk.isUsed() && backlog.isUnsaved());
    }

    /** The pause between checks; an empty spool in memory needs none. */
    private long lookPause() {
        return options.directory().isPresent() || backlog.count() > 0 ? LOOK_PAUSE : Long.MAX_VALUE;
    }

    private boolean isAskedFor() {
        SpoolSubscription open = subscription;
        return open != null && open.isAskedFor();
    }

    private void takeIn(int max) {
        List<Arrival> batch = new ArrayList<>();
        for (Arrival arrival = poll(batch, max); arrival != null; arrival = poll(batch, max)) {
            backlog.add(arrival);
            figures.countArrived();
            batch.add(arrival);
            unpublished = true;
        }
        save();
        batch.forEach(arrival -> arrival.kept());
    }

    private Arrival poll(List<Arrival> batch, int max) {
        return batch.size() < max ? inbox.nextArrival() : null;
    }

    private void save() {
        bury();
        backlog.save();
        savedAt = System.nanoTime();
        publishCounts();
    }

    private void settle() {
        for (DeliveryResult next = inbox.nextSettlement(); next != null; next = inbox.nextSettlement()) {
            switch (next.outcome()) {
                case DeliveryOutcome.Delivered _ -> settled(next.entry(), figures::countDelivered);
                case DeliveryOutcome.Rejected _ -> dying.add(next);
                case DeliveryOutcome.Failed failed ->
                    backlog.retry(next.entry(), in(failed.after().orElse(Duration.ZERO)));
                case DeliveryOutcome.Postponed postponed -> backlog.postpone(next.entry(), in(postponed.pause()));
            }
            unpublished = true;
        }
        bury();
    }

    private static long in(Duration pause) {
        return System.nanoTime() + pause.toNanos();
    }

    private void settled(Entry entry, Runnable count) {
        if (backlog.settle(entry)) {
            count.run();
            rate.settled();
        }
    }

    /**
     * Writes dead letters. A letter is written before its report leaves the spool, so a crash in between duplicates it
     * and loses nothing.
     */
    private void bury() {
        if (dying.isEmpty()) {
            return;
        }
        try {
            Instant now = clock.instant();
            deadLetters.add(dying.stream().map(it -> letter(it, now)).toList());
            dying.forEach(dead -> settled(
                    dead.entry(), () -> figures.countRejected(rejection(dead).status())));
        } catch (IOException e) {
            Log.warnf("dead letters cannot be written (%s): they stay in the spool for the next try", e.getMessage());
            dying.forEach(dead -> backlog.postpone(dead.entry(), in(DEAD_LETTER_AGAIN)));
        }
        dying.clear();
    }

    private static DeadLetter letter(DeliveryResult result, Instant now) {
        DeliveryOutcome.Rejected rejected = rejection(result);
        return DeadLetter.of(result.report(), rejected.status(), rejected.answer(), now);
    }

    private static DeliveryOutcome.Rejected rejection(DeliveryResult result) {
        return (DeliveryOutcome.Rejected) result.outcome();
    }

    /** Emits as many batches as are requested and can be delivered; returns whether there was one. */
    private boolean handOut() {
        SpoolSubscription open = subscription;
        boolean any = false;
        while (open != null && open.isAskedFor() && !backlog.isFull()) {
            List<Entry> batch = backlog.next(open.batchSize(), System.nanoTime());
            if (batch.isEmpty()) {
                break;
            }
            open.give(batch);
            any = true;
            unpublished = true;
            if (inbox.hasArrivals()) {
                break;
            }
        }
        return any;
    }

    /**
     * Enforces limits and publishes gauges from time to time.
     *
     * @param syncWasDue whether this round has a time for which housekeeping may have waited
     */
    private void housekeep(boolean syncWasDue) {
        long now = System.nanoTime();
        long pause = disk.untilSync(now) > HOUSEKEEPING ? HOUSEKEEPING : HOUSEKEEPING_WAITS;
        if (!syncWasDue && now - housekeptAt < pause) {
            return;
        }
        housekeptAt = now;
        unpublished = false;
        boolean looksForMarks = marked || now - marksLookedForAt >= LOOK_PAUSE;
        marked = false;
        backlog.expire(clock.instant().minus(options.maxAge()));
        if (disk.isUsed()) {
            backlog.shrinkTo(options.maxBytes());
        }
        backlog.shrinkUnsavedTo(options.memoryBytes());
        if (isAnyUnsaved()) {
            save(); // settlements, or reports that the disk did not accept; there may be no arrival for a while
        }
        losses.say(now);
        rate.measure(now);
        if (looksForMarks) {
            marksLookedForAt = now;
            takeInMarked();
        }
        figures.publish(backlog.level());
    }

    /**
     * Puts dead letters that are marked for resending into the spool, and then removes them from their file. It takes
     * some at a time, because memory may not hold all of them.
     */
    private void takeInMarked() {
        if (disk.isFailing()) {
            return;
        }
        try {
            List<Report> letters = deadLetters.marked();
            if (!letters.isEmpty()) {
                Instant now = clock.instant();
                letters.forEach(letter -> backlog.add(new Arrival(letter, now, () -> {})));
                figures.countResent(letters.size());
                unpublished = true;
                marked = true; // there may be more
                save();
                disk.sync(); // before the letters leave their file
                Log.infof("%d dead letters are in the spool again", letters.size());
            }
            if (!backlog.isUnsaved()) {
                deadLetters.unmark();
            }
        } catch (IOException e) {
            Log.warnf("dead letters cannot be put into the spool again: %s", e.getMessage());
        }
    }

    private void publishCounts() {
        SpoolLevel before = figures.level();
        if (before.reports() == backlog.count()
                && before.underWay() == backlog.underWay()
                && !figures.isUnpublished()) {
            return;
        }
        figures.publish(new SpoolLevel(
                backlog.count(),
                backlog.underWay(),
                before.bytes(),
                before.fileBytes(),
                before.oldest(),
                before.onDisk()));
    }

    private void gaveUp(GivenUp why, Optional<Instant> keptAt) {
        figures.countGivenUp(why);
        losses.add(why, keptAt);
    }

    private void complete() {
        SpoolSubscription open = subscription;
        if (!complete && open != null) {
            complete = true;
            open.complete();
        }
    }
}
