package io.procmon.bpf;

/**
 * A container has begun to start more programs than it may, or has ceased to.
 *
 * @param cgroupId the container's cgroup: the inode of its directory, so that {@code find /sys/fs/cgroup -inum} finds it
 * @param active whether it is held back from now on
 * @param skipped how many of its execs were skipped since it has been held back
 */
public record Throttle(long cgroupId, boolean active, long skipped) {}
