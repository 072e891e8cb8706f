/**
 * Reads the events of nodes from a Kafka topic, in a consumer group: the instances of a class service share the
 * partitions.
 *
 * <p>An offset is committed only after the store has the activities before it. So no event is lost. An event may arrive
 * again, which changes nothing.
 *
 * <p>Knows {@code intake} and {@code config}. A build without Kafka's client leaves this package out.
 */
package io.procmon.classroom.kafka;
