/**
 * The class view: how students work, computed from their activities and the checks of these
 * ({@link io.procmon.classroom.workflow.Attempt}).
 * <ul>
 * <li>{@code course}: the teachers' requirements for a homework
 * <li>{@code logbook}: the register of the class, and the store of the attempts in a file
 * <li>{@code postgres}: the store of the attempts in a database, for a class service of several instances
 * <li>{@code kafka}: the events of nodes from a topic
 * <li>{@code intake}: the events of nodes, which the class service receives
 * <li>{@code workflow} and {@code pattern}: sessions, cycles, figures, states and patterns, computed from the attempts
 * <li>{@code overview}: the class at a glance, from a small row of each work that is kept in memory
 * <li>{@code measures}: published measures of compiler errors
 * <li>{@code progsnap2}: the export for research, and the measures of any data set in its format
 * <li>{@code access} and {@code oidc}: who looks, and what this person may see
 * <li>{@code web}: the page and its HTTP resources
 * </ul>
 *
 * <p>Knows {@code process}, {@code config}, {@code diagnostics}, {@code privacy} and the receiver of {@code web}. It does not know the kernel, the stream or the backend,
 * so it can run without the watcher: that is the class service ({@code procmon class}), to which nodes report over HTTP.
 */
package io.procmon.classroom;
