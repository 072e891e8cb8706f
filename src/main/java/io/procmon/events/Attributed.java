package io.procmon.events;

import io.procmon.process.ProcessType;
import io.procmon.process.Student;
import java.util.Optional;

/**
 * An exec whose origin is known.
 *
 * @param exec what the kernel saw
 * @param student who did it
 * @param type what kind of program it is
 * @param containerId the container's 64 hexadecimal digits; empty outside of any
 * @param node where it happened
 */
public record Attributed(ExecRecord exec, Student student, ProcessType type, Optional<String> containerId, Node node) {

    Attributed shortened() {
        return new Attributed(exec.shortened(), student, type, containerId, node);
    }
}
