/**
 * Stores the attempts of a class for the analysis.
 *
 * <p>A store is a sorted map. Its key is the work, the time at which the attempt began, and the event id. So a repeated
 * attempt is stored once, and a late one takes its place in the order. The logbook keeps the newest attempts of each
 * student's homework. If there is no room for the attempts of all students, the student with the largest share loses
 * the oldest. So one student cannot erase the attempts of others. Both rules are rules about a set, so the order of
 * arrival makes no difference. Room is counted in places of some hundred bytes, and the size of an attempt is limited
 * ({@link io.procmon.classroom.logbook.Shares}).
 *
 * <p>On a node, the map is an H2 MVStore in a file beside the spool. Memory holds the pages that were used last. The
 * logbook commits at most every ten seconds. So a crash costs at most the analysis of the last ten seconds; the spool
 * still has the activities. If the file cannot be written, entries stay in memory and are copied to it later. If somebody deletes the
 * file, the logbook writes a new one with the same contents. A class service can use a database instead: {@link
 * io.procmon.classroom.logbook.AttemptStore} is the interface of both.
 *
 * <p>It knows the other packages of {@code classroom} except {@code intake}, {@code overview}, {@code postgres} and {@code web}; and
 * {@code config}, {@code diagnostics}, {@code privacy} and {@code process}.
 */
package io.procmon.classroom.logbook;
