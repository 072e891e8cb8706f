/**
 * Stores the attempts of a class in PostgreSQL, for a class service with several instances. A build can omit this package.
 *
 * <p>Attempts have the same key and the same record as in {@code logbook}, so both stores give the same results. The cost of
 * an activity depends only on the number of the student's rows. Notifications ({@code LISTEN}, {@code NOTIFY}) tell the
 * instances which works have changed, for open pages. If an instance may have missed notifications, because its connection was
 * lost, it compares the number of attempts and interventions of each work, and reads what has changed. It also does so
 * every minute.
 *
 * <p>Knows {@code logbook}, {@code mirror}, {@code workflow}, {@code process} and {@code config}.
 */
package io.procmon.classroom.postgres;
