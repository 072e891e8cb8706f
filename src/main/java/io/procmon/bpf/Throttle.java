package io.procmon.bpf;

/**
 * A container has reached a limit, or has left it.
 *
 * @param cgroupId the container's cgroup: the inode of its directory, so that {@code find /sys/fs/cgroup -inum} finds it
 * @param limit the limit
 * @param active whether the container has reached the limit
 * @param skipped the execs that were skipped since then
 */
public record Throttle(long cgroupId, Limit limit, boolean active, long skipped) {

    /** A limit of a container. */
    public enum Limit {
        /** Programs that it starts in a second. */
        RATE,
        /** Processes that are watched at a time. */
        PROCESSES
    }
}
