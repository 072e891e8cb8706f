/**
 * All meters, and the equations between them: each received record is delivered, waiting, or counted under a reason.
 *
 * <p>Knows the stages that it counts. Only the stream calls it. A new exit from the stream needs a counter and a term
 * in {@link io.procmon.metrics.Accounting}.
 */
package io.procmon.metrics;
