package io.procmon.bpf;

import static io.procmon.bpf.KernelLayouts.BUCKETS_PER_SET;
import static io.procmon.bpf.KernelLayouts.BUCKET_SETS;
import static io.procmon.bpf.KernelLayouts.member;

import io.procmon.ffi.Libc;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What each container may still start. The kernel program takes the tokens and counts whom it had to skip; looking at
 * its table, which is mapped, tells when that begins and ends. A record in the ring could not: it is in a storm that
 * the ring may be full. Belongs to one thread.
 */
final class TokenBuckets {

    private static final VarHandle CGROUP_ID = member(KernelLayouts.BUCKET, "cgroup_id");
    private static final VarHandle SKIPPED = member(KernelLayouts.BUCKET, "skipped");
    private static final long BUCKET = KernelLayouts.BUCKET.byteSize();

    private static final int PLACES = BUCKETS_PER_SET * BUCKET_SETS;

    /** For so long nothing must have been skipped for the storm to be over. */
    private static final long CALM_NANOS = Duration.ofSeconds(1).toNanos();

    /** A container that is held back: what its bucket had skipped before, and has by now, and when that last changed. */
    private record Storm(long cgroupId, long skippedBefore, long skipped, long changedNanos) {}

    private final MemorySegment buckets;
    private final long[] skippedBefore = new long[PLACES];
    private final Map<Integer, Storm> storms = new HashMap<>();
    private long skippedByAll;

    /** @param acquired unmaps the buckets when it is closed */
    TokenBuckets(ClosingStack acquired, Libc libc, int fd) {
        buckets = Mapping.map(acquired, libc, "the token buckets", PLACES * BUCKET, Libc.PROT_READ, fd, 0);
    }

    /** How many containers are held back now. */
    int throttled() {
        return storms.size();
    }

    /** How many buckets have a container. A container keeps its bucket until another one needs it. */
    Occupancy occupancy() {
        int taken = 0;
        for (int place = 0; place < PLACES; place++) {
            if ((long) CGROUP_ID.getOpaque(buckets, place * BUCKET) != 0) {
                taken++;
            }
        }
        return new Occupancy(taken, PLACES);
    }

    /**
     * Tells what has changed.
     *
     * @param skipped how many execs were skipped so far, in all containers: as long as this stays, nothing has begun
     * @param nowNanos a clock that only goes forward
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
        long skipped = (long) SKIPPED.getOpaque(buckets, place * BUCKET);
        if (skipped < skippedBefore[place]) {
            skippedBefore[place] = 0; // the place belongs to another container now
        }
        Storm known = storms.get(place);
        if (known != null && known.skipped != skipped) {
            storms.put(place, new Storm(known.cgroupId, known.skippedBefore, skipped, nowNanos));
        } else if (known == null && skipped != skippedBefore[place]) {
            long cgroupId = (long) CGROUP_ID.getOpaque(buckets, place * BUCKET);
            storms.put(place, new Storm(cgroupId, skippedBefore[place], skipped, nowNanos));
            consumer.accept(new Throttle(cgroupId, true, skipped - skippedBefore[place]));
        }
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
