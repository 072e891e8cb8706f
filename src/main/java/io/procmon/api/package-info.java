/**
 * How reports are sent to the backend: retries, the circuit breaker, batches, and the end of a poison activity.
 *
 * <p>Knows {@code spool}, {@code report}, {@code events} and {@code config}. The result of a delivery is always a
 * {@link io.procmon.spool.DeliveryOutcome}, never a failure of the stream. {@code api.http} and {@code api.kafka} are the two
 * ways to a backend.
 */
package io.procmon.api;
