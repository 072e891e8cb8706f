/**
 * The commands: the service, {@code doctor}, {@code health}, {@code export}, {@code analyze} and {@code dead-letters}; their
 * exit statuses, and the sentence that explains a failed start.
 *
 * <p>Knows every package except {@code io.procmon}, and only {@code io.procmon} knows it. {@link io.procmon.cli.Service} is the
 * service's life from start to stop.
 */
package io.procmon.cli;
