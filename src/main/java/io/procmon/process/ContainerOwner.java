package io.procmon.process;

import java.util.Optional;

/**
 * The owner of a process.
 *
 * @param student the student who owns the container; outside of any container, the student that the hostname names
 * @param hostname the hostname of the container
 * @param hostnameClaimed the hostname of the process, if it differs from that of its container
 * @param containerId the 64 hexadecimal digits of the container; empty outside of any container
 */
public record ContainerOwner(
        Student student, String hostname, Optional<String> hostnameClaimed, Optional<String> containerId) {}
