package io.procmon.join;

import io.procmon.events.ExecRecord;
import io.procmon.events.Provenance.Gap;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Since when procmon has seen all that is started in a container. A build in that time cannot have been missed.
 *
 * <p>The watch of a container begins with the first program that procmon sees in it, and not with procmon's own start:
 * before that, the student may have worked on another node with the same files. A loss ends the watch of all containers.
 * It begins again when procmon notices the loss. Throttling concerns one container only.
 *
 * <p>For any thread.
 */
public final class WatchedTime {

    /** More than any node runs at a time. The watch of one that is forgotten begins anew. */
    static final int CONTAINERS_MAX = 4096;

    private final LongSupplier losses;
    private final LongSupplier throttled;
    private final InstantSource clock;
    private final Map<String, Instant> begins = bounded();
    private final Map<Long, Instant> throttledUntil = bounded();
    private final Set<Long> throttledNow = new HashSet<>();
    private Instant completeSince = Instant.MIN;
    private long lossesBefore;
    private long throttledReported;

    /**
     * @param losses counts the records that were lost, but for those of throttled containers
     * @param throttled counts the execs that were skipped because their container is throttled
     * @param clock the time of the node
     */
    public WatchedTime(LongSupplier losses, LongSupplier throttled, InstantSource clock) {
        this.losses = losses;
        this.throttled = throttled;
        this.clock = clock;
    }

    /** For records that are known to be all: those of a recording. */
    static WatchedTime complete() {
        return new WatchedTime(() -> 0, () -> 0, InstantSource.system());
    }

    /** Notes that procmon sees a container. Of a process that was there before, only the time of this call is known. */
    synchronized void saw(ExecRecord exec) {
        Instant seen = exec.takenIn() ? clock.instant() : exec.at().utc();
        begins.merge(container(exec), seen, (one, other) -> one.isBefore(other) ? one : other);
    }

    /**
     * The throttling of a container has begun or ended. Execs were skipped until now.
     *
     * @param cgroupId the container's, see {@link io.procmon.process.ControlGroup#id}
     */
    public synchronized void throttled(long cgroupId, boolean active) {
        throttledReported = throttled.getAsLong();
        throttledUntil.put(cgroupId, clock.instant());
        if (active) {
            throttledNow.add(cgroupId);
        } else {
            throttledNow.remove(cgroupId);
        }
    }

    /** The reason why a build may have been missed between a time and an exec; empty if none can have been. */
    synchronized Optional<Gap> gap(Instant since, ExecRecord exec) {
        lookForLosses();
        if (since.isBefore(begins.getOrDefault(container(exec), Instant.MAX))) {
            return Optional.of(Gap.BEFORE_START);
        }
        return since.isBefore(completeSince)
                        || isThrottled(since, exec.context().cgroup().id())
                ? Optional.of(Gap.LOSS)
                : Optional.empty();
    }

    /** Execs can have been skipped before anything says of which container. */
    private boolean isThrottled(Instant since, long cgroupId) {
        boolean anyContainer = throttledNow.isEmpty() && throttled.getAsLong() > throttledReported;
        return anyContainer
                || throttledNow.contains(cgroupId)
                || since.isBefore(throttledUntil.getOrDefault(cgroupId, Instant.MIN));
    }

    /** The exact time of a loss is unknown: it lies between the look before and this one. */
    private void lookForLosses() {
        long now = losses.getAsLong();
        if (now > lossesBefore) {
            lossesBefore = now;
            completeSince = clock.instant();
        }
    }

    /** A process outside of any container, as in tests, is known by its hostname. */
    static String container(ExecRecord exec) {
        return exec.context().cgroup().containerId().orElse(exec.context().hostname());
    }

    private static <K> Map<K, Instant> bounded() {
        return new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Instant> eldest) {
                return size() > CONTAINERS_MAX;
            }
        };
    }
}
