/**
 * Named patterns of work. Each has a definition that can be checked against a history, and a source if there is one.
 *
 * <p>A pattern is a reason to look at a student's work, and no verdict about the student. procmon does not see editing,
 * or help from other students. If a fact that a pattern needs is unknown, the pattern is not reported.
 */
package io.procmon.classroom.pattern;
