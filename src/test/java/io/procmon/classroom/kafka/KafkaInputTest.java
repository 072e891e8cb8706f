package io.procmon.classroom.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.procmon.Classroom;
import io.procmon.KafkaBroker;
import io.procmon.config.InvalidConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topic of a real broker, read by the class service. */
class KafkaInputTest {

    private static final AtomicInteger TOPICS = new AtomicInteger();

    @TempDir
    private static Path directory;

    private static KafkaBroker broker;
    private static KafkaProducer<String, String> producer;

    private final String topic = "activities" + TOPICS.incrementAndGet();
    private final BlockingQueue<List<String>> taken = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start() throws IOException {
        broker = new KafkaBroker(directory, freePort(), freePort(), freePort());
        broker.open();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new StringSerializer(), new StringSerializer());
    }

    @AfterAll
    static void stop() {
        if (producer != null) {
            producer.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void eachDialect_isRead_andWhatIsNoEventIsSkipped() throws Exception {
        broker.create(topic, 1, Map.of());
        send("7", "{\"event_id\": \"a\", \"class_div\": \"os-1\"}");
        send("7", "no event");
        send("7", "[]");
        send("7", "{\"specversion\": \"1.0\", \"data\": {\"event_id\": \"b\", \"kind\": \"run\"}}");
        List<ObjectNode> events = new ArrayList<>();
        KafkaInput input = input();

        input.open(batch -> {
            events.addAll(batch);
            taken.add(ids(batch));
        });
        awaitTaken("a", "b");
        input.close();

        assertThat(events).extracting(event -> event.path("class_div").asText()).containsExactly("os-1", "os-2");
        assertThat(events).extracting(event -> event.path("kind").asText()).containsExactly("build", "run");
        assertThat(committed()).isEqualTo(4);
    }

    @Test
    void whileTheStoreIsAway_nothingIsCommitted_andTheSameComesAgain() throws Exception {
        broker.create(topic, 1, Map.of());
        send("7", event("a"));
        send("7", event("b"));
        List<Long> committedBefore = new ArrayList<>();
        KafkaInput input = input();

        input.open(batch -> {
            committedBefore.add(committed());
            if (committedBefore.size() < 3) {
                throw new IllegalStateException("the store is away");
            }
            taken.add(ids(batch));
        });
        awaitTaken("a", "b");
        input.close();

        assertThat(committedBefore).startsWith(0L, 0L, 0L);
        assertThat(committed()).isEqualTo(2);
    }

    @Test
    void instanceThatStops_leavesItsPartitionsToTheOther_andNothingIsReadTwice() throws Exception {
        broker.create(topic, 4, Map.of());
        KafkaInput first = input();
        KafkaInput second = input();
        first.open(batch -> taken.add(ids(batch)));
        second.open(batch -> taken.add(ids(batch)));
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            ids.add("one" + number);
            send(Integer.toString(number), event(ids.getLast()));
        }
        awaitTaken(ids.toArray(String[]::new));

        first.close();
        List<String> later = new ArrayList<>();
        for (int number = 0; number < 40; number++) {
            later.add("two" + number);
            send(Integer.toString(number), event(later.getLast()));
        }

        awaitTaken(later.toArray(String[]::new));
        second.close();
        assertThat(taken).isEmpty();
        assertThat(committed()).isEqualTo(80);
    }

    @Test
    void noCluster_abortsTheStart() {
        assertThatThrownBy(() -> new KafkaInput(Classroom.config(Map.of()), Map.of()))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS");
    }

    private KafkaInput input() {
        return new KafkaInput(
                Classroom.config(Map.of("procmon.kafka.topic", topic, "procmon.kafka.group", topic)),
                Map.of("bootstrap.servers", broker.address()));
    }

    /** Waits until exactly these events are taken, in any batches. */
    private void awaitTaken(String... ids) throws InterruptedException {
        List<String> got = new ArrayList<>();
        while (got.size() < ids.length) {
            List<String> batch = taken.poll(60, TimeUnit.SECONDS);
            assertThat(batch).as("a further batch after %s", got).isNotNull();
            got.addAll(batch);
        }
        assertThat(got).containsExactlyInAnyOrder(ids);
    }

    private static List<String> ids(List<ObjectNode> events) {
        return events.stream()
                .map(event -> event.required("event_id"))
                .map(JsonNode::asText)
                .toList();
    }

    private static String event(String id) {
        return "{\"event_id\": \"%s\"}".formatted(id);
    }

    private void send(String key, String value) throws ExecutionException, InterruptedException {
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, key, value);
        record.headers()
                .add(new RecordHeader("class_div", "os-2".getBytes(UTF_8)))
                .add(new RecordHeader("kind", "build".getBytes(UTF_8)));
        producer.send(record).get();
    }

    /** The sum over all partitions. */
    private long committed() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            return admin.listConsumerGroupOffsets(topic).partitionsToOffsetAndMetadata().get().values().stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("the offsets of the group", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
