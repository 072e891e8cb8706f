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
 * Knows since when procmon has seen every program that starts in a container. In that time procmon cannot have missed a
 * build.
 *
 * <p>The time of a container begins with the first program that procmon sees in it, not with the start of procmon:
 * before that, the student may have worked on another node with the same files. A loss of records ends the time of all
 * containers. It begins again when procmon notices the loss. Throttling affects one container only.
 *
 * <p>Thread-safe.
 */
public final class WatchedTime {

    /** A limit above the number of containers on a node. The time of a container that is forgotten begins anew. */
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
     * @param losses the number of lost records, without those of throttled containers
     * @param throttled the number of execs that were skipped because their container is throttled
     * @param clock the time of the node
     */
    public WatchedTime(LongSupplier losses, LongSupplier throttled, InstantSource clock) {
        this.losses = losses;
        this.throttled = throttled;
        this.clock = clock;
    }

    /** For a source that loses no records, such as a recording. */
    static WatchedTime complete() {
        return new WatchedTime(() -> 0, () -> 0, InstantSource.system());
    }

    /**
     * Notes that procmon sees a container. If the process existed before procmon saw it, only the time of this call is
     * known.
     */
    synchronized void saw(ExecRecord exec) {
        Instant seen = exec.takenIn() ? clock.instant() : exec.at().utc();
        begins.merge(container(exec), seen, (one, other) -> one.isBefore(other) ? one : other);
    }

    /**
     * The throttling of a container has begun or ended. Until now execs were skipped.
     *
     * @param cgroupId the id of the container's cgroup, see {@link io.procmon.process.ControlGroup#id}
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

    /**
     * The reason why procmon may have missed a build between a time and an exec; empty if it cannot have missed one.
     */
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

    /**
     * Whether a container may have been throttled. Execs can be skipped before the kernel reports which container is
     * throttled.
     */
    private boolean isThrottled(Instant since, long cgroupId) {
        boolean anyContainer = throttledNow.isEmpty() && throttled.getAsLong() > throttledReported;
        return anyContainer
                || throttledNow.contains(cgroupId)
                || since.isBefore(throttledUntil.getOrDefault(cgroupId, Instant.MIN));
    }

    /** Checks for losses. The exact time of a loss is unknown: it is between the last check and this one. */
    private void lookForLosses() {
        long now = losses.getAsLong();
        if (now > lossesBefore) {
            lossesBefore = now;
            completeSince = clock.instant();
        }
    }

    /** The key of a container. A process outside of any container, as in tests, has the hostname as its key. */
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
