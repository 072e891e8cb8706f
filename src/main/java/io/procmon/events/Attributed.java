package io.procmon.events;

import io.procmon.process.ProcessType;
import io.procmon.process.Student;
import java.util.Optional;

/**
 * An exec with its student and its container.
 *
 * @param exec the kernel's record
 * @param student the student whose container ran the program
 * @param type the type of the program
 * @param containerId the container's 64 hexadecimal digits; empty if the process is in no container
 * @param hostnameClaimed the hostname of the process, if it differs from that of its container
 * @param node the machine that ran the program
 */
public record Attributed(
        ExecRecord exec,
        Student student,
        ProcessType type,
        Optional<String> containerId,
        Optional<String> hostnameClaimed,
        Node node) {

    /** Creates an exec whose hostname is that of its container. */
    public Attributed(ExecRecord exec, Student student, ProcessType type, Optional<String> containerId, Node node) {
        this(exec, student, type, containerId, Optional.empty(), node);
    }

    /** The same with clipped paths and arguments. */
    Attributed clipped() {
        return new Attributed(exec.clipped(), student, type, containerId, hostnameClaimed, node);
    }
}
