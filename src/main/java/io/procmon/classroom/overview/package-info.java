/**
 * The overview of a class: rows, steps, and the students who may need help, compared with the class.
 *
 * <p>A summary needs a student's whole history. So the overview keeps a small row of each work in memory, for the
 * courses whose pages are open, and computes it again after an activity. A request then filters and sorts rows, and
 * reads no history.
 *
 * <p>It knows {@code course}, {@code logbook} and {@code workflow}; and {@code config} and {@code process}.
 */
package io.procmon.classroom.overview;
