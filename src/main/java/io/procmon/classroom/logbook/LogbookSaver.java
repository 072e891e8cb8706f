package io.procmon.classroom.logbook;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Saves the logbook on its own thread, and only if there are unsaved entries. The first save comes after a second; between
 * further saves is a pause. A save writes whole pages: those of the students who have new attempts. Thread-safe.
 */
final class LogbookSaver implements AutoCloseable {

    private static final long DELAY_MILLIS = 1000;
    private static final long RETRY_MILLIS = 2000;

    private final Runnable save;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final long pauseMillis;
    private volatile long savedAt;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("logbook").daemon().factory());

    LogbookSaver(Runnable save, Duration pause) {
        this.save = save;
        pauseMillis = pause.toMillis();
        savedAt = System.nanoTime() - pause.toNanos();
    }

    /** Schedules a save, because there are unsaved entries. */
    void schedule() {
        long sinceSaved = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - savedAt);
        schedule(Math.max(DELAY_MILLIS, pauseMillis - sinceSaved));
    }

    /** Saves without a pause, because there are many unsaved entries. */
    void saveNow() {
        try {
            thread.execute(this::run);
        } catch (RejectedExecutionException e) {
            scheduled.set(true); // the executor is closed: closing the logbook saves the entries
        }
    }

    /** Schedules the next save after one that failed. */
    void scheduleRetry() {
        schedule(RETRY_MILLIS);
    }

    private void schedule(long delay) {
        if (!scheduled.compareAndSet(false, true)) {
            return;
        }
        try {
            var _ = thread.schedule(this::run, delay, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            scheduled.set(true); // the executor is closed: closing the logbook saves the entries
        }
    }

    private void run() {
        scheduled.set(false);
        savedAt = System.nanoTime();
        save.run();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
