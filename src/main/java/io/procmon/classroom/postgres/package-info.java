/**
 * The attempts of a class in PostgreSQL, for a class service of several instances. A build can leave this package out.
 *
 * <p>Attempts have the same key and the same record as in {@code logbook}, so both stores give the same answers. The cost of an
 * activity depends on the student's rows only. Notifications ({@code LISTEN}, {@code NOTIFY}) tell the instances what to
 * send to open pages; an instance that misses one shows it after the next change or reload.
 *
 * <p>Knows {@code logbook}, {@code workflow}, {@code process} and {@code config}.
 */
package io.procmon.classroom.postgres;
