/**
 * Every meter, and the equations between them: each record that was received is delivered, waiting, or counted under a reason.
 *
 * <p>Knows the stages that it counts. Only the stream calls it. A new way out of the stream needs a counter and a term in
 * {@link io.procmon.metrics.Accounting}.
 */
package io.procmon.metrics;
