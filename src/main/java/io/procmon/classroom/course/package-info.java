/**
 * The requirements of courses, written by teachers: one YAML file for each course, read again when it changes.
 *
 * <p>An invalid file is reported with the line of each mistake. At start-up, an invalid file aborts the start. Later,
 * the last valid version stays in force, and a warning is logged. SnakeYAML supplies the node tree with line numbers;
 * it creates no objects from tags. Activities are checked in {@code stream.ActivityChecks}, which knows them.
 */
package io.procmon.classroom.course;
