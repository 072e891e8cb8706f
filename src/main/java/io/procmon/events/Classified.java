package io.procmon.events;

import io.procmon.process.ContainerOwner;
import io.procmon.process.ProcessType;
import io.procmon.process.Student;

/**
 * An exec whose program has a type that procmon reports.
 *
 * @param exec the kernel's record, under the hostname of the container
 * @param owner the owner of the process
 * @param type the type of the program
 */
public record Classified(ExecRecord exec, ContainerOwner owner, ProcessType type) {

    /** The student who owns the process. */
    public Student student() {
        return owner.student();
    }
}
