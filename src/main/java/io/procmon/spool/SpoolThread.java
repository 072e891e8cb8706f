package io.procmon.spool;

import io.procmon.events.Report;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What the thread {@code spool} does: takes in what has arrived and puts it on disk in one step, forgets what is settled,
 * and hands out the next reports as they are asked for.
 *
 * <p>While one step is on its way to the disk, the next one gathers: alone, a report is on disk at once; in a crowd, many
 * share one wait for the disk.
 */
final class SpoolThread implements Runnable {

    private static final int BATCH = 512;

    /** How long arrivals gather when the last step was just now. */
    private static final long LINGER = TimeUnit.MILLISECONDS.toNanos(2);

    /** How long settled reports may wait for a step of others: after a crash, they would be sent once more. */
    private static final long SETTLED_WITHIN = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int SETTLED_AT_ONCE = 1024;
    private static final long HOUSEKEEPING = TimeUnit.MILLISECONDS.toNanos(250);
    private static final Duration DEAD_LETTER_AGAIN = Duration.ofSeconds(30);

    private final Spool spool;
    private final SpoolOptions options;
    private final SpoolDisk disk;
    private final Backlog backlog;
    private final Losses losses = new Losses();
    private final SettlementRate pace = new SettlementRate();
    private final PriorityQueue<Postponed> postponed = new PriorityQueue<>(
            Comparator.comparingLong((Postponed it) -> it.at).thenComparingLong(it -> it.position));
    private final List<Settlement.Dead> dying = new ArrayList<>();
    private volatile Thread thread;
    private volatile SpoolSubscription outlet;
    private volatile boolean finishing;
    private volatile boolean stopping;
    private volatile boolean asleep;

    /** Whether what is under way leaves no memory for more. */
    private volatile boolean full;

    private volatile Throwable failure;
    private long savedAt = System.nanoTime() - LINGER;
    private long housekeptAt = System.nanoTime();
    private long nextPageAt = System.nanoTime();
    private boolean complete;

    private record Postponed(long at, long position) {}

    SpoolThread(Spool spool, SpoolDisk disk) {
        this.spool = spool;
        this.options = spool.options();
        this.disk = disk;
        this.backlog = new Backlog(disk, this::gaveUp);
    }

    /** There is something to do at once. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Something is settled: no need to wake a thread that has more to hand out in any case. */
    void settled() {
        if (full) {
            wake();
        }
    }

    /** Something has arrived: no need to wake a thread that looks for it anyway in a moment. */
    void arrived() {
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    void finish() {
        finishing = true;
        wake();
    }

    void stop() {
        stopping = true;
        wake();
    }

    void serve(Flow.Subscriber<? super Entry> subscriber) {
        SpoolSubscription opened = new SpoolSubscription(subscriber, this::wake);
        subscriber.onSubscribe(opened);
        outlet = opened;
        if (failure != null) {
            opened.fail(failure);
        }
        wake();
    }

    /** Whether it has ended by a bug: nothing is kept any more, and nothing handed out. */
    boolean hasFailed() {
        return failure != null;
    }

    SettlementRate pace() {
        return pace;
    }

    SpoolLevel stock() {
        return backlog.stock();
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            runUntilStopped();
        } catch (Throwable bug) { // an error too, for nobody else would notice that the thread is gone
            fail(bug);
        } finally {
            spool.closed();
        }
    }

    /** A spool that stands still must not look like one that has nothing to do: its failure ends the process. */
    private void fail(Throwable bug) {
        failure = bug;
        SpoolSubscription open = outlet;
        if (open != null) {
            open.fail(bug);
        }
        Log.error("the spool has failed, which is a bug", bug);
    }

    private void runUntilStopped() {
        while (!stopping) {
            long wait = work();
            if (wait > 0 && !stopping) {
                sleep(wait);
            }
        }
        takeIn(Integer.MAX_VALUE);
        settle();
        save();
        spool.publish(backlog.stock());
        disk.close();
        complete();
    }

    /** Says that it sleeps, and looks once more, so that no arrival is slept through. */
    private void sleep(long wait) {
        asleep = spool.arrivals().isEmpty();
        if (wait <= LINGER || (asleep && spool.arrivals().isEmpty())) {
            LockSupport.parkNanos(this, wait);
        }
        asleep = false;
    }

    /** One round; returns how long there will be nothing to do, in nanoseconds. */
    private long work() {
        settle();
        long sinceSaved = System.nanoTime() - savedAt;
        boolean crowd = sinceSaved < LINGER;
        if (!spool.arrivals().isEmpty() && !crowd) {
            takeIn(BATCH);
        } else if (disk.unsavedRemovals() > SETTLED_AT_ONCE
                || (disk.unsavedRemovals() > 0 && sinceSaved > SETTLED_WITHIN)) {
            save();
        }
        boolean handedOut = handOut();
        publishCounts();
        housekeep();
        if (finishing && spool.arrivals().isEmpty() && isSettled()) {
            complete();
        }
        if (handedOut || !spool.settlements().isEmpty()) {
            return 0;
        }
        return !spool.arrivals().isEmpty() ? LINGER - (System.nanoTime() - savedAt) : idle();
    }

    private long idle() {
        long until = HOUSEKEEPING;
        if (disk.unsavedRemovals() > 0 || backlog.underWay() > 0) {
            until = finishing ? LINGER : SETTLED_WITHIN;
        }
        if (backlog.isBehind() && isAskedFor()) {
            until = Math.min(until, Math.max(1, nextPageAt - System.nanoTime()));
        }
        Postponed first = postponed.peek();
        return first == null || !isAskedFor() ? until : Math.min(until, Math.max(1, first.at - System.nanoTime()));
    }

    private boolean isAskedFor() {
        SpoolSubscription open = outlet;
        return open != null && open.isAskedFor() && !full;
    }

    private void takeIn(int max) {
        List<Arrival> batch = new ArrayList<>();
        for (Arrival arrival = poll(batch, max); arrival != null; arrival = poll(batch, max)) {
            backlog.add(arrival);
            batch.add(arrival);
        }
        save();
        batch.forEach(arrival -> arrival.kept());
    }

    private Arrival poll(List<Arrival> batch, int max) {
        return batch.size() < max ? spool.arrivals().poll() : null;
    }

    private void save() {
        bury();
        backlog.save();
        savedAt = System.nanoTime();
        publishCounts();
    }

    private void settle() {
        for (Settlement next = spool.settlements().poll();
                next != null;
                next = spool.settlements().poll()) {
            switch (next) {
                case Settlement.Done done -> settled(done.entry());
                case Settlement.Dead dead -> dying.add(dead);
                case Settlement.Later later -> postpone(later.entry(), later.pause());
            }
        }
        bury();
    }

    private void settled(Entry entry) {
        backlog.settle(entry.position());
        pace.settled();
    }

    private void postpone(Entry entry, Duration wait) {
        backlog.putBack(entry.position());
        postponed.add(new Postponed(System.nanoTime() + wait.toNanos(), entry.position()));
    }

    /** A letter is in its file before the report leaves the spool: in between, a crash makes two of it, not none. */
    private void bury() {
        if (dying.isEmpty()) {
            return;
        }
        try {
            spool.deadLetters().add(dying.stream().map(Settlement.Dead::letter).toList());
            dying.forEach(dead -> settled(dead.entry()));
        } catch (IOException e) {
            Log.warnf(
                    "dead letters cannot be written (%s): they stay in the spool, and are tried again", e.getMessage());
            dying.forEach(dead -> postpone(dead.entry(), DEAD_LETTER_AGAIN));
        }
        dying.clear();
    }

    /** Gives out as many reports as are asked for and at hand; whether it was any. */
    private boolean handOut() {
        SpoolSubscription open = outlet;
        if (open == null || open.isClosed()) {
            return false;
        }
        boolean any = false;
        while (open.isAskedFor() && !backlog.isFull()) {
            Optional<Entry> entry = due().or(this::next);
            if (entry.isEmpty()) {
                break;
            }
            open.give(entry.get());
            any = true;
            if (!spool.arrivals().isEmpty()) {
                break;
            }
        }
        full = backlog.isFull();
        return any;
    }

    private Optional<Entry> due() {
        Postponed first = postponed.peek();
        if (first == null || first.at - System.nanoTime() > 0) {
            return Optional.empty();
        }
        postponed.poll();
        return backlog.again(first.position);
    }

    private Optional<Entry> next() {
        if (backlog.isBehind() && nextPageAt - System.nanoTime() <= 0) {
            int read = backlog.readBack();
            long pause = read == 0 ? HOUSEKEEPING : TimeUnit.SECONDS.toNanos(read) / options.catchUpRate();
            nextPageAt = System.nanoTime() + pause;
        }
        return backlog.next();
    }

    private void housekeep() {
        long now = System.nanoTime();
        if (now - housekeptAt < HOUSEKEEPING) {
            return;
        }
        housekeptAt = now;
        Instant tooOld = spool.clock().instant().minus(options.maxAge());
        backlog.expire(tooOld);
        if (disk.isUsed()) {
            backlog.shrinkTo(options.maxBytes());
        }
        backlog.shrinkUnsavedTo(options.memoryBytes());
        if (disk.isUsed() && backlog.isUnsaved()) {
            save(); // the disk took nothing, and nothing else may come for a while
        }
        losses.say(now);
        pace.measure(now);
        takeInMarked();
        spool.publish(backlog.stock());
    }

    /**
     * Dead letters that somebody wants to be sent again: back into the spool first, then out of their file. Some at a time,
     * for they may be more than there is memory for.
     */
    private void takeInMarked() {
        if (disk.isFailing()) {
            return;
        }
        try {
            List<Report> letters = spool.deadLetters().marked();
            if (!letters.isEmpty()) {
                Instant now = spool.clock().instant();
                letters.forEach(letter -> backlog.add(new Arrival(letter, now, () -> {})));
                save();
                spool.countResent(letters.size());
                Log.infof("%d dead letters are in the spool again", letters.size());
            }
            if (!backlog.isUnsaved()) {
                spool.deadLetters().unmark();
            }
        } catch (IOException e) {
            Log.warnf("dead letters cannot be taken in again: %s", e.getMessage());
        }
    }

    private void publishCounts() {
        SpoolLevel before = spool.stock();
        if (before.reports() == backlog.count() && before.underWay() == backlog.underWay()) {
            return;
        }
        spool.publish(new SpoolLevel(
                backlog.count(),
                backlog.underWay(),
                before.bytes(),
                before.fileBytes(),
                before.oldest(),
                before.onDisk()));
    }

    private void gaveUp(GivenUp why, Optional<Instant> keptAt) {
        spool.countGivenUp(why);
        losses.add(why, keptAt);
    }

    private boolean isSettled() {
        return backlog.isHandedOut()
                && backlog.underWay() == 0
                && postponed.isEmpty()
                && spool.settlements().isEmpty();
    }

    private void complete() {
        SpoolSubscription open = outlet;
        if (!complete && open != null) {
            complete = true;
            open.complete();
        }
    }
}
