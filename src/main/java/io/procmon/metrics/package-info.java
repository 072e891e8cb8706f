/**
 * The books, and the answer to "where did my event go?": every meter in one file, and the health checks.
 *
 * <p>Knows the stages of the stream that it counts, and is told by the {@code Pipeline}; nobody else counts. A new way out
 * of the stream brings a counter and a term of the equation in {@link io.procmon.metrics.Books}.
 */
package io.procmon.metrics;
