/**
 * The input of the class service. Nodes send events by the contract for any backend; the events become attempts in the
 * register.
 *
 * <p>Events may be repeated, late, and in any order. Each attempt is stored once, by its event id, and all results are
 * computed from the set of stored attempts. So the order of arrival makes no difference.
 *
 * <p>Knows {@code logbook}, {@code workflow}, {@code diagnostics}, {@code process}, {@code config} and the receiver of
 * {@code web}.
 */
package io.procmon.classroom.intake;
