package io.procmon.bpf;

import java.nio.LongBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The containers that have reached one limit. It reads the counters of skipped execs in their buckets. Belongs to one
 * thread; any thread may read the number.
 */
final class LimitedContainers {

    /** A container has left the limit after this time without a skipped exec. */
    private static final long CALM_NANOS = Duration.ofSeconds(1).toNanos();

    private final Throttle.Limit limit;
    private final LongBuffer buckets;
    private final int bucketSize;
    private final int cgroupId;
    private final int skippedExecs;
    private final long[] skippedBefore;
    private final Map<Integer, Limited> limited = new ConcurrentHashMap<>();
    private long skippedByAll;

    /** A container at the limit: the skipped execs of its bucket before and now, and the time of their last change. */
    private record Limited(long cgroupId, long skippedBefore, long skipped, long changedNanos) {}

    /**
     * @param bucketSize words of a bucket
     * @param cgroupId the index of the container's cgroup in a bucket
     * @param skippedExecs the index of the counter in a bucket
     */
    LimitedContainers(Throttle.Limit limit, LongBuffer buckets, int bucketSize, int cgroupId, int skippedExecs) {
        this.limit = limit;
        this.buckets = buckets;
        this.bucketSize = bucketSize;
        this.cgroupId = cgroupId;
        this.skippedExecs = skippedExecs;
        skippedBefore = new long[buckets.capacity() / bucketSize];
    }

    /** The number of containers that are at the limit now. */
    int size() {
        return limited.size();
    }

    /**
     * Reports the changes since the last call.
     *
     * @param skipped the execs that were skipped so far in all containers; a container can reach the limit only when the number changes
     * @param nowNanos a monotonic clock
     */
    void look(long skipped, long nowNanos, Consumer<Throttle> consumer) {
        if (skipped != skippedByAll) {
            skippedByAll = skipped;
            for (int place = 0; place < skippedBefore.length; place++) {
                lookAt(place, nowNanos, consumer);
            }
        }
        limited.entrySet().removeIf(container -> isOver(container.getKey(), container.getValue(), nowNanos, consumer));
    }

    private void lookAt(int place, long nowNanos, Consumer<Throttle> consumer) {
        long skipped = buckets.get(place * bucketSize + skippedExecs);
        if (skipped < skippedBefore[place]) {
            skippedBefore[place] = 0; // another container has taken the bucket
        }
        Limited known = limited.get(place);
        if (known != null && known.skipped != skipped) {
            limited.put(place, new Limited(known.cgroupId, known.skippedBefore, skipped, nowNanos));
        } else if (known == null && skipped != skippedBefore[place]) {
            long container = buckets.get(place * bucketSize + cgroupId);
            limited.put(place, new Limited(container, skippedBefore[place], skipped, nowNanos));
            consumer.accept(new Throttle(container, limit, true, skipped - skippedBefore[place]));
        }
    }

    private boolean isOver(int place, Limited container, long nowNanos, Consumer<Throttle> consumer) {
        if (nowNanos - container.changedNanos < CALM_NANOS) {
            return false;
        }
        skippedBefore[place] = container.skipped;
        consumer.accept(new Throttle(container.cgroupId, limit, false, container.skipped - container.skippedBefore));
        return true;
    }
}
