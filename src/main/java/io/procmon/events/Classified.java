package io.procmon.events;

import io.procmon.process.ProcessType;
import io.procmon.process.Student;

/**
 * An exec whose program has a type that procmon reports.
 *
 * @param exec the kernel's record
 * @param student the student from the hostname
 * @param type the type of the program
 */
public record Classified(ExecRecord exec, Student student, ProcessType type) {}
