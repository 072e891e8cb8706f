/**
 * Delivery to a Kafka topic: one record per activity with the student as its key, and the meaning of each Kafka error.
 *
 * <p>Knows {@code api}, {@code report}, {@code spool}, {@code events} and {@code config}. A build without Kafka's client leaves this package out.
 */
package io.procmon.api.kafka;
