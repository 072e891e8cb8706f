/**
 * Where the attempts of a class are kept, for the analysis to read.
 *
 * <p>The whole of it is a sorted map. Its key is the work, the time at which the attempt began, and the event id. So an
 * attempt that comes twice is there once, and one that comes late takes its place among the others. The logbook keeps the
 * newest attempts of each student's homework. If there is no room for the attempts of all students, the student who takes
 * most loses the oldest: one student cannot erase others. Both are rules about a set, so the order of arrival makes no
 * difference. Room is counted in places of some hundred bytes, and the size of an attempt is limited
 * ({@link io.procmon.classroom.logbook.Shares}).
 *
 * <p>The map is an H2 MVStore in a file beside the spool. Memory holds the pages that were used last. A commit comes each
 * second, so a crash costs at most the analysis of that second; the activities themselves are in the spool. If the disk takes
 * nothing, what was entered stays in memory and is carried over when the disk works again. A file that somebody deletes is
 * written anew.
 *
 * <p>It knows {@code workflow} and {@code process}.
 */
package io.procmon.classroom.logbook;
