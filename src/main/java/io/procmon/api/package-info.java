/**
 * How reports are sent to the backend: order per student, retries, the circuit breaker, and batches.
 *
 * <p>Knows {@code spool}, {@code report}, {@code events} and {@code config}. A delivery always ends in a value, never in a
 * failure of the stream. {@code api.http} and {@code api.kafka} are the two ways to a backend.
 */
package io.procmon.api;
