package io.procmon.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.procmon.KafkaBroker;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A Kafka cluster as the backend has the same guarantees as a backend over HTTP. */
@Live
@EnabledIfSystemProperty(named = "procmon.artifact.kafka", matches = "compile", disabledReason = "built without Kafka")
class KafkaIT {

    private static final String TOPIC = "activities";
    private static final int PARTITIONS = 3;
    private static final int REFUSED_AS_TOO_LARGE = 10; // MESSAGE_TOO_LARGE in org.apache.kafka.common.protocol.Errors

    @Test
    void clusterThatIsAway_andDies_andComesBack_getsEverythingInOrder_byStudent(Lab lab) {
        KafkaBroker broker = broker(lab);
        Outpost alice = Outpost.of(lab, new PostOffice(Optional.empty()));
        Outpost bob = alice.neighbour();
        Service procmon = alice.start(kafka(broker, Map.of()));

        runInTurn(alice, bob, 0, 50);
        Outpost.awaitKept(procmon, 100);
        Await.until(
                "procmon says that the cluster is away", () -> procmon.metrics().of("procmon_backend_away") == 1);
        assertThat(procmon.management("/q/health/ready").statusCode()).isEqualTo(200);
        broker.open();
        runInTurn(alice, bob, 50, 10); // the topic does not exist yet
        broker.create(TOPIC, PARTITIONS, Map.of());
        awaitCount(broker, 120);
        runInTurn(alice, bob, 60, 20);
        broker.kill();
        runInTurn(alice, bob, 80, 20);
        Outpost.awaitKept(procmon, 200);
        broker.open();
        Metrics metrics = procmon.metricsWhere("all is delivered", it -> it.allDecided() && it.complete());

        assertThat(metrics.of("procmon_activities_delivered_total")).isEqualTo(200);
        Map<String, List<Told>> told = told(broker).stream().collect(groupingBy(Told::student));
        assertThat(told.keySet()).isEqualTo(Set.of(alice.studentId(), bob.studentId()));
        assertThat(told.values()).allSatisfy(ofStudent -> {
            assertThat(ofStudent.stream().map(Told::target).distinct()).containsExactlyElementsOf(names(0, 100));
            assertThat(ofStudent.stream().map(Told::id).distinct()).hasSize(100);
            assertThat(ofStudent.stream().map(Told::partition).distinct()).hasSize(1);
        });
    }

    @Test
    void recordThatTheTopicCannotHold_isADeadLetter_andHoldsUpNobody(Lab lab) {
        KafkaBroker broker = broker(lab);
        broker.open();
        broker.create(TOPIC, PARTITIONS, Map.of("max.message.bytes", "4000"));
        Outpost outpost = Outpost.of(lab, new PostOffice(Optional.empty()));
        Service procmon = outpost.start(kafka(broker, Map.of("PROCMON_API_DIALECT", "cloudevents")));

        outpost.run(1);
        outpost.student().start("hw1", "./run0", "x".repeat(10_000)).end();
        outpost.run(1, 1);
        Metrics metrics =
                procmon.metricsWhere("all is decided", it -> it.events() == 3 && it.allDecided() && it.complete());

        assertThat(metrics.of("procmon_activities_delivered_total")).isEqualTo(2);
        assertThat(metrics.of("procmon_activities_rejected_total", "status", Integer.toString(REFUSED_AS_TOO_LARGE)))
                .isEqualTo(1);
        assertThat(procmon.get("/api/dead-letters").body()).contains("RecordTooLargeException");
        assertThat(broker.records(TOPIC)).hasSize(2).allSatisfy(record -> {
            assertThat(header(record, "content-type")).isEqualTo("application/cloudevents+json");
            assertThat(json(record).required("specversion").textValue()).isEqualTo("1.0");
            assertThat(json(record).required("id").textValue()).isEqualTo(header(record, "event_id"));
        });
    }

    @Test
    void clusterThatTurnsProcmonAway_getsEverything_whenItLetsItIn(Lab lab) {
        String password = "pass-" + lab.ownPrefix();
        KafkaBroker broker = broker(lab);
        broker.open();
        broker.create(TOPIC, PARTITIONS, Map.of());
        Outpost outpost = Outpost.of(lab, new PostOffice(Optional.empty()));
        Service procmon = outpost.start(kafka(broker, broker.guarded(password)));

        List<String> names = outpost.run(10);
        Await.until(
                "procmon says why",
                () -> procmon.log().contains("does not accept activities (SaslAuthenticationException"));
        broker.kill();
        broker.expects(password);
        broker.open();
        procmon.metricsWhere("all is delivered", it -> it.allDecided() && it.complete());

        assertThat(told(broker)).extracting(Told::target).containsExactlyElementsOf(names);
        assertThat(procmon.log()).doesNotContain(password, "org.apache.kafka.clients");
    }

    /** The facts of a record that the tests compare. */
    private record Told(String student, String target, String id, int partition) {}

    private static List<Told> told(KafkaBroker broker) {
        return broker.records(TOPIC).stream().map(KafkaIT::told).toList();
    }

    private static Told told(ConsumerRecord<String, String> record) {
        JsonNode activity = json(record);
        assertThat(header(record, "event_id"))
                .isEqualTo(activity.required("event_id").textValue());
        assertThat(header(record, "student_id")).isEqualTo(record.key());
        Path target = Path.of(activity.required("target_path").textValue());
        return new Told(record.key(), target.getFileName().toString(), header(record, "event_id"), record.partition());
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static JsonNode json(ConsumerRecord<String, String> record) {
        try {
            return new ObjectMapper().readTree(record.value());
        } catch (JsonProcessingException e) {
            throw new AssertionError("a record is JSON", e);
        }
    }

    private static void runInTurn(Outpost one, Outpost other, int from, int count) {
        for (int number = from; number < from + count; number++) {
            one.begin(number).end();
            other.begin(number).end();
        }
    }

    private static List<String> names(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(Outpost::name).toList();
    }

    private static void awaitCount(KafkaBroker broker, int count) {
        Await.until("%d records are in the topic".formatted(count), () -> broker.count(TOPIC) >= count);
    }

    private static KafkaBroker broker(Lab lab) {
        return lab.keep(
                new KafkaBroker(lab.newDirectory(), Service.freePort(), Service.freePort(), Service.freePort()));
    }

    private static Map<String, String> kafka(KafkaBroker broker, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "API_ENDPOINT",
                "",
                "API_TIMEOUT",
                "5",
                "KAFKA_BOOTSTRAP_SERVERS",
                broker.address(),
                "PROCMON_KAFKA_ENABLED",
                "true",
                "PROCMON_KAFKA_TOPIC",
                TOPIC));
        environment.putAll(more);
        return environment;
    }
}
