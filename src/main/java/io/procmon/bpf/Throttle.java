package io.procmon.bpf;

/**
 * The throttling of a container has begun or ended. A throttled container starts more programs than it may.
 *
 * @param cgroupId the container's cgroup: the inode of its directory, so that {@code find /sys/fs/cgroup -inum} finds it
 * @param active whether the throttling has begun
 * @param skipped the execs that were skipped since it began
 */
public record Throttle(long cgroupId, boolean active, long skipped) {}
