package io.procmon.workflow;

import io.procmon.process.Student;

/**
 * A student's work on a homework.
 *
 * @param student who
 * @param homework the homework directory, such as {@code hw1}
 */
public record Work(Student student, String homework) {}
