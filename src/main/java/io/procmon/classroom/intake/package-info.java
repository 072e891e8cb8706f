/**
 * The class service's input: events of nodes, by the contract that a node has with any backend, become attempts in the
 * register.
 *
 * <p>Events may come again, late, and in any order: an attempt is kept by its event id, and all that is computed is a
 * function of the attempts that are kept. So nothing here depends on the order.
 *
 * <p>Knows {@code logbook}, {@code workflow}, {@code process}, {@code config} and the receiver of {@code web}.
 */
package io.procmon.classroom.intake;
