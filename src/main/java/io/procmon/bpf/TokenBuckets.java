package io.procmon.bpf;

import static io.procmon.bpf.KernelLayouts.BUCKETS_PER_SET;
import static io.procmon.bpf.KernelLayouts.BUCKET_SETS;

import io.procmon.ffi.Libc;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.LongBuffer;
import java.util.function.Consumer;

/**
 * The token buckets of the containers. The kernel program takes the tokens and counts the execs that it skips. This
 * class reads the table, and reports when the program begins or ends to skip the execs of a container. The program
 * cannot report this by a record, because the ring may be full at that time. Belongs to one thread; any thread may read
 * the occupancy and the number of throttled containers.
 */
final class TokenBuckets {

    private static final int CGROUP_ID = index("cgroup_id");
    private static final int CONTAINER = index("container");
    private static final int PLACES_HELD = index("places");
    private static final int SKIPPED = index("skipped");
    private static final int CROWDED = index("crowded");
    private static final int BUCKET = (int) KernelLayouts.BUCKET.byteSize() / Long.BYTES;

    /** Knuth: multiplicative hashing. */
    private static final long HASH = 2_654_435_761L;

    private static final int HASH_SHIFT = 16;

    private static final int PLACES = BUCKETS_PER_SET * BUCKET_SETS;

    private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();

    private final MemorySegment memory;
    private final LongBuffer buckets;
    private final LimitedContainers throttled;
    private final LimitedContainers crowded;

    /** @param acquired unmaps the buckets when it is closed */
    TokenBuckets(ClosingStack acquired, Libc libc, int fd) {
        long size = (long) PLACES * BUCKET * Long.BYTES;
        int readWrite = Libc.PROT_READ | Libc.PROT_WRITE;
        memory = Mapping.map(acquired, libc, "the token buckets", size, readWrite, fd, 0);
        buckets = Mapping.longs(memory);
        throttled = new LimitedContainers(Throttle.Limit.RATE, buckets, BUCKET, CGROUP_ID, SKIPPED);
        crowded = new LimitedContainers(Throttle.Limit.PROCESSES, buckets, BUCKET, CGROUP_ID, CROWDED);
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

    /** Releases a place in the table of processes. The kernel program may change the number at the same time. */
    void release(long cgroupId) {
        int bucket = bucketOf(cgroupId);
        if (bucket >= 0 && buckets.get(bucket + PLACES_HELD) > 0) {
            var _ = (long) WORD.getAndAdd(memory, (bucket + (long) PLACES_HELD) * Long.BYTES, -1L);
        }
    }

    /** The number of containers that are at a limit now. */
    int throttled() {
        return throttled.size() + crowded.size();
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
     * @param shared the execs that were skipped so far in all containers
     * @param nowNanos a monotonic clock
     */
    void look(SharedState shared, long nowNanos, Consumer<Throttle> consumer) {
        throttled.look(shared.lost(Loss.EXEC_THROTTLED), nowNanos, consumer);
        crowded.look(shared.lost(Loss.EXEC_CROWDED), nowNanos, consumer);
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

    private static int index(String member) {
        return (int) KernelLayouts.offset(KernelLayouts.BUCKET, member) / Long.BYTES;
    }
}
