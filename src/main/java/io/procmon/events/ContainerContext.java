package io.procmon.events;

import io.procmon.process.ControlGroup;

/**
 * The facts that identify the container of a process.
 *
 * @param hostname the UTS hostname, at most 64 bytes
 * @param utsLevel the depth of the user namespace that owns the UTS namespace; 0 is the initial user namespace
 * @param cgroup the cgroup of the process
 */
public record ContainerContext(String hostname, int utsLevel, ControlGroup cgroup) {

    /** The same context with another hostname. */
    ContainerContext under(String other) {
        return new ContainerContext(other, utsLevel, cgroup);
    }
}
