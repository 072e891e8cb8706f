/**
 * Delivery of reports to the backend: retries, the circuit breaker, batches, and the rule for poison messages.
 *
 * <p>Knows {@code spool}, {@code report}, {@code events} and {@code config}. Each delivery ends in a
 * {@link io.procmon.spool.DeliveryOutcome} and never fails the stream. {@code api.http} and {@code api.kafka} are the
 * two kinds of backend.
 */
package io.procmon.api;
