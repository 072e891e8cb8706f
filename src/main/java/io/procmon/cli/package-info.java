/**
 * The commands: the service of a node, the class service, {@code doctor}, {@code health}, {@code export},
 * {@code analyze} and {@code dead-letters}; their exit statuses, and the message about a failed start.
 *
 * <p>Knows every package except {@code io.procmon}; only {@code io.procmon} knows it. {@link io.procmon.cli.Service}
 * runs the service from start to stop.
 */
package io.procmon.cli;
