package io.procmon.metrics;

import io.procmon.handlers.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Counts the outcomes of process images. One image is counted in several steps, so a snapshot is published only when all
 * counted images are finished. One thread counts; any thread reads the snapshot.
 */
final class ImageCounter {

    /**
     * The figures at one moment: {@code received = stopped + failed + running + events}.
     *
     * @param running number of running activities
     */
    record Snapshot(long received, Map<Reason, Long> stopped, long failed, long running, long events) {

        static final Snapshot EMPTY = new Snapshot(0, Map.of(), 0, 0, 0);

        long stopped(Reason why) {
            return stopped.getOrDefault(why, 0L);
        }
    }

    private final Map<Reason, Long> stopped = new HashMap<>();
    private IntSupplier running = () -> 0;
    private long received;
    private long failed;
    private long events;
    private volatile Snapshot snapshot = Snapshot.EMPTY;

    /** @param activities supplies the number of running activities */
    synchronized void watch(IntSupplier activities) {
        running = activities;
        publish();
    }

    synchronized void received() {
        received++;
    }

    synchronized void failed(int images) {
        failed += images;
    }

    synchronized void stopped(Reason why) {
        stopped.merge(why, 1L, Long::sum);
    }

    synchronized void event() {
        events++;
    }

    /** Publishes the figures. Call it when the last image is finished. */
    synchronized void publish() {
        snapshot = new Snapshot(received, Map.copyOf(stopped), failed, running.getAsInt(), events);
    }

    Snapshot snapshot() {
        return snapshot;
    }
}
