package io.procmon.bpf;

import static io.procmon.bpf.KernelLayouts.BUCKETS_PER_SET;
import static io.procmon.bpf.KernelLayouts.BUCKET_SETS;

import io.procmon.ffi.Libc;
import java.nio.LongBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The token buckets of the containers. The kernel program takes the tokens and counts the execs that it skips. This class
 * reads its table, and reports when the program begins and ends to skip the execs of a container. The program cannot
 * report this by a record, because the ring may be full at that time. Belongs to one thread; any thread may read the
 * occupancy and the number of throttled containers.
 */
final class TokenBuckets {

    private static final int CGROUP_ID = index("cgroup_id");
    private static final int CONTAINER = index("container");
    private static final int SKIPPED = index("skipped");
    private static final int BUCKET = (int) KernelLayouts.BUCKET.byteSize() / Long.BYTES;

    /** Knuth: multiplicative hashing. */
    private static final long HASH = 2_654_435_761L;

    private static final int HASH_SHIFT = 16;

    private static final int PLACES = BUCKETS_PER_SET * BUCKET_SETS;

    /** A storm is over after this time without a skipped exec. */
    private static final long CALM_NANOS = Duration.ofSeconds(1).toNanos();

    /** A throttled container: the skipped execs of its bucket before the storm, the skipped execs now, and their last change. */
    private record Storm(long cgroupId, long skippedBefore, long skipped, long changedNanos) {}

    private final LongBuffer buckets;
    private final long[] skippedBefore = new long[PLACES];
    private final Map<Integer, Storm> storms = new ConcurrentHashMap<>();
    private long skippedByAll;

    /** @param acquired unmaps the buckets when it is closed */
    TokenBuckets(ClosingStack acquired, Libc libc, int fd) {
        long size = (long) PLACES * BUCKET * Long.BYTES;
        int readWrite = Libc.PROT_READ | Libc.PROT_WRITE;
        buckets = Mapping.longs(Mapping.map(acquired, libc, "the token buckets", size, readWrite, fd, 0));
    }

    /** Whether the kernel program knows that a control group is a student's container. */
    boolean isContainer(long cgroupId) {
        int bucket = bucketOf(cgroupId);
        return bucket >= 0 && buckets.get(bucket + CONTAINER) == cgroupId;
    }

    /** Tells the kernel program that a control group is a student's container, if the group has a bucket. */
    void markContainer(long cgroupId) {
        int bucket = bucketOf(cgroupId);
        if (bucket >= 0) {
            buckets.put(bucket + CONTAINER, cgroupId);
        }
    }

    /** The index of a control group's bucket: its set is chosen as in token_buckets.h. Negative if it has none. */
    private int bucketOf(long cgroupId) {
        int set = (int) ((cgroupId * HASH) >>> HASH_SHIFT) & (BUCKET_SETS - 1);
        for (int place = set * BUCKETS_PER_SET; place < (set + 1) * BUCKETS_PER_SET; place++) {
            if (buckets.get(place * BUCKET + CGROUP_ID) == cgroupId) {
                return place * BUCKET;
            }
        }
        return -1;
    }

    /** The number of containers that are throttled now. */
    int throttled() {
        return storms.size();
    }

    /** The number of buckets that have a container. A container keeps its bucket until another container needs it. */
    Occupancy occupancy() {
        int taken = 0;
        for (int place = 0; place < PLACES; place++) {
            if (buckets.get(place * BUCKET + CGROUP_ID) != 0) {
                taken++;
            }
        }
        return new Occupancy(taken, PLACES);
    }

    /**
     * Reports the changes since the last call.
     *
     * @param skipped the execs that were skipped so far in all containers; a storm can begin only when it changes
     * @param nowNanos a monotonic clock
     */
    void look(long skipped, long nowNanos, Consumer<Throttle> consumer) {
        if (skipped != skippedByAll) {
            skippedByAll = skipped;
            for (int place = 0; place < PLACES; place++) {
                lookAt(place, nowNanos, consumer);
            }
        }
        storms.entrySet().removeIf(storm -> isOver(storm.getKey(), storm.getValue(), nowNanos, consumer));
    }

    private void lookAt(int place, long nowNanos, Consumer<Throttle> consumer) {
        long skipped = buckets.get(place * BUCKET + SKIPPED);
        if (skipped < skippedBefore[place]) {
            skippedBefore[place] = 0; // another container has taken the bucket
        }
        Storm known = storms.get(place);
        if (known != null && known.skipped != skipped) {
            storms.put(place, new Storm(known.cgroupId, known.skippedBefore, skipped, nowNanos));
        } else if (known == null && skipped != skippedBefore[place]) {
            long cgroupId = buckets.get(place * BUCKET + CGROUP_ID);
            storms.put(place, new Storm(cgroupId, skippedBefore[place], skipped, nowNanos));
            consumer.accept(new Throttle(cgroupId, true, skipped - skippedBefore[place]));
        }
    }

    private static int index(String member) {
        return (int) KernelLayouts.offset(KernelLayouts.BUCKET, member) / Long.BYTES;
    }

    private boolean isOver(int place, Storm storm, long nowNanos, Consumer<Throttle> consumer) {
        if (nowNanos - storm.changedNanos < CALM_NANOS) {
            return false;
        }
        skippedBefore[place] = storm.skipped;
        consumer.accept(new Throttle(storm.cgroupId, false, storm.skipped - storm.skippedBefore));
        return true;
    }
}
