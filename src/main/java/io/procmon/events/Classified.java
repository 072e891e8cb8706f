package io.procmon.events;

import io.procmon.process.ProcessType;
import io.procmon.process.Student;

/**
 * An exec of a program that is of interest.
 *
 * @param exec what the kernel saw
 * @param student whose hostname it carries
 * @param type what kind of program it is
 */
public record Classified(ExecRecord exec, Student student, ProcessType type) {}
