/**
 * What courses require, as teachers write it: one YAML file for each course, read again when it changes.
 *
 * <p>An invalid file is reported with the line of each mistake. At start-up it stops the start; later, the last valid version stays
 * in force and the log says so. SnakeYAML is used for its node tree, which knows the lines; it creates no objects from tags. Whether
 * an activity meets a requirement is judged where the activity is known, in {@code stream.ActivityChecks}.
 */
package io.procmon.classroom.course;
