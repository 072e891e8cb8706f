/**
 * The overview of a class: rows, steps, and the students who may need help, compared with the class.
 *
 * <p>A summary needs a student's whole history. So the overview keeps a small row of each work in memory, for the
 * courses whose pages are open, and computes it again after an activity. A request then filters and sorts rows, and
 * reads no history.
 *
 * <p>The cost of an activity does not grow with the number of rows. So a {@code Cohort} counts a changed row in place of
 * the old one, and a {@code LiveView} of an open page takes over the entries that have changed. Both begin anew where a
 * change reaches all rows: a new student changes the numbers of others, and the size of the class.
 *
 * <p>It knows {@code course}, {@code logbook} and {@code workflow}; and {@code config} and {@code process}.
 */
package io.procmon.classroom.overview;
