package io.procmon.classroom.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Reads the event in a record, in any dialect. */
final class KafkaEvents {

    /** The fields of an event that the dialect {@code jcode} has in its path, and the headers have in each dialect. */
    private static final List<String> OF_HEADERS = List.of("class_div", "homework_dir", "student_id", "kind");

    private static final ObjectMapper JSON = new ObjectMapper();

    private KafkaEvents() {}

    /** The event in the form of the dialect {@code generic}; empty if the value is not a JSON object. */
    static Optional<ObjectNode> of(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            JsonNode value = JSON.readTree(record.value());
            JsonNode event = value.has("specversion") ? value.path("data") : value;
            return event instanceof ObjectNode object ? Optional.of(complete(object, record)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static ObjectNode complete(ObjectNode event, ConsumerRecord<String, byte[]> record) {
        for (String field : OF_HEADERS) {
            Header header = record.headers().lastHeader(field);
            if (!event.has(field) && header != null && header.value() != null) {
                event.put(field, new String(header.value(), UTF_8));
            }
        }
        return event;
    }
}
