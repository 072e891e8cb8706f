package io.procmon.classroom.logbook;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Saves the logbook on a thread of its own: at most once a second, and only when there is something to save. Thread-safe. */
final class LogbookSaver implements AutoCloseable {

    private static final long DELAY_MILLIS = 1000;
    private static final long RETRY_MILLIS = 2000;

    private final Runnable save;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("logbook").daemon().factory());

    LogbookSaver(Runnable save) {
        this.save = save;
    }

    /** There is something to save. */
    void schedule() {
        schedule(DELAY_MILLIS);
    }

    /** Saving has failed. */
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
            scheduled.set(true); // it is closed: closing the logbook saves it
        }
    }

    private void run() {
        scheduled.set(false);
        save.run();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
