package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.procmon.KafkaBroker;
import io.procmon.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A class service with a database loses no event while one of its parts is unavailable. Repeated events change nothing.
 */
@Live
@EnabledIfSystemProperty(
        named = "procmon.artifact.postgres",
        matches = "compile",
        disabledReason = "built without the client of a database")
class ClassOutageIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOPIC = "activities";
    private static final String GROUP = "class-of-the-test";
    private static final int PARTITIONS = 4;
    private static final int STUDENTS = 3;

    /** Two builds and a run of each student. */
    private static final int PER_ROUND = 3 * STUDENTS;

    private static final String ROWS = """
            select course, section, homework, student, started_at, event_id, encode(content, 'hex') from attempt
            union all
            select course, section, homework, student, last_started_at, null, attempts::text from work
            order by 1, 2, 3, 4, 5, 6
            """;

    @Test
    void topicThatTwoInstancesShare_holdsWhatComesWhileTheyOrTheirDatabaseAreAway(Lab lab) {
        KafkaBroker broker = lab.keep(
                new KafkaBroker(lab.newDirectory(), Service.freePort(), Service.freePort(), Service.freePort()));
        broker.open();
        broker.create(TOPIC, PARTITIONS, Map.of());
        PostgresServer database = lab.keep(PostgresServer.start());
        String class1 = database.newDatabase("class1");
        String class2 = database.newDatabase("class2");
        String prefix = lab.ownPrefix();
        List<StudentContainer> students = Stream.generate(() -> lab.container(prefix + lab.nextStudent()))
                .limit(STUDENTS)
                .toList();
        Service node = lab.procmon(prefix, lab.receiver(), topic(broker, Map.of("API_ENDPOINT", "")));

        students.forEach(ClassOutageIT::work);
        Service first = instance(lab, topic(broker, with(database, class1)));
        Service second = instance(lab, topic(broker, with(database, class1)));
        awaitRows(database, class1, PER_ROUND);
        Await.until(
                "the instances share the partitions",
                () -> broker.partitionsByMember(GROUP).equals(List.of(PARTITIONS / 2, PARTITIONS / 2)));

        first.close();
        second.close();
        students.forEach(ClassOutageIT::work);
        Await.until("the topic has it", () -> broker.count(TOPIC) == 2 * PER_ROUND);
        first = instance(lab, topic(broker, with(database, class1)));
        second = instance(lab, topic(broker, with(database, class1)));
        awaitRows(database, class1, 2 * PER_ROUND);

        database.down();
        students.forEach(ClassOutageIT::work);
        Await.until("the topic has it", () -> broker.count(TOPIC) == 3 * PER_ROUND);
        database.up();
        awaitRows(database, class1, 3 * PER_ROUND);

        assertThat(second.get("/api/workflow").body())
                .isEqualTo(first.get("/api/workflow").body())
                .isEqualTo(node.get("/api/workflow").body());
        assertThat(second.get("/api/workflow/attempts").body())
                .isEqualTo(node.get("/api/workflow/attempts").body());

        List<String> events =
                broker.records(TOPIC).stream().map(it -> it.value()).toList();
        List<String> rows = database.rows(class1, ROWS);
        Service byHttp = instance(lab, with(database, class2));
        List<Service> both = List.of(byHttp, instance(lab, with(database, class2)));
        List<String> told = new ArrayList<>(events);
        told.addAll(events);
        told.addAll(events);
        Collections.shuffle(told, new Random(7));
        List<Integer> answers = told.parallelStream()
                .map(event -> both.get(Math.floorMod(event.hashCode(), 2)).post("/api/events", event))
                .toList();
        told.reversed()
                .forEach(event -> assertThat(byHttp.post("/api/events", event)).isEqualTo(200));

        assertThat(answers).containsOnly(200);
        assertThat(database.rows(class2, ROWS)).isEqualTo(rows);
    }

    /** The student builds on a node that cannot reach the class service, and runs the program on another node. */
    @Test
    void nodeThatWasAway_catchesUp_andSoDoesOneWhoseClassServiceOrDatabaseWasAway(Lab lab) throws IOException {
        PostgresServer database = lab.keep(PostgresServer.start());
        Map<String, String> environment = with(database, database.newDatabase("class"));
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(Service.freePort()));
        Service school = instance(lab, environment);
        Map<String, String> away = node("lab-1", lab);
        away.put("API_ENDPOINT", "http://127.0.0.1:" + Service.freePort());
        Map<String, String> back = new HashMap<>(away);
        back.put("API_ENDPOINT", school.address().toString());
        Map<String, String> other = node("lab-2", lab);
        other.put("API_ENDPOINT", school.address().toString());
        String prefix = lab.ownPrefix();
        String otherPrefix = lab.ownPrefix();
        StudentContainer there = lab.container(prefix + "os-1-7");
        StudentContainer here = lab.container(otherPrefix + "os-1-7").write("hw1/.keep", "");
        Service node = lab.procmon(prefix, lab.receiver(), away);
        Service otherNode = lab.procmon(otherPrefix, lab.receiver(), other);

        build(there, "return 0;");
        Files.copy(there.file("hw1/main"), here.file("hw1/main"), StandardCopyOption.COPY_ATTRIBUTES);
        here.run("hw1", "./main");
        awaitAttempts(school, 1);
        node.close();
        node = lab.procmon(prefix, lab.receiver(), back);
        awaitAttempts(school, 2);
        JsonNode run = attempts(school).get(1);
        assertThat(run.required("node").asText()).isEqualTo("lab-2");
        assertThat(run.path("built_on").asText()).isEqualTo("lab-1");
        assertThat(run.path("built_by")).isEqualTo(attempts(school).get(0).required("event_id"));

        database.down();
        build(here, "return 1;");
        awaitAway(otherNode);
        build(there, "return 2;");
        awaitAway(node);
        database.up();
        awaitAttempts(school, 4);

        school.close();
        build(here, "return 3;");
        awaitAway(otherNode);
        build(there, "return 4;");
        awaitAway(node);
        school = instance(lab, environment);
        awaitAttempts(school, 6);

        assertThat(attempts(school))
                .extracting(it -> it.required("node").asText())
                .containsExactly("lab-1", "lab-2", "lab-2", "lab-1", "lab-2", "lab-1");
    }

    private static void work(StudentContainer student) {
        build(student, "return 0");
        build(student, "return 0;");
        student.run("hw1", "./main");
    }

    private static void build(StudentContainer student, String body) {
        student.write("hw1/main.c", "int main(void) { %s }".formatted(body)).run("hw1", "gcc", "-o", "main", "main.c");
    }

    private static Service instance(Lab lab, Map<String, String> environment) {
        return lab.keep(Service.startClass(List.of(), lab.newDirectory().resolve("log"), environment));
    }

    private static Map<String, String> node(String name, Lab lab) {
        return new HashMap<>(Map.of(
                "PROCMON_NODE",
                name,
                "PROCMON_SPOOL_DIR",
                lab.newDirectory().toString(),
                "PROCMON_API_RETRY_WAIT",
                "1S",
                "PROCMON_API_DIALECT",
                "generic"));
    }

    private static Map<String, String> with(PostgresServer database, String url) {
        return new HashMap<>(Map.of(
                "PROCMON_DATABASE_URL",
                url,
                "PROCMON_DATABASE_USER",
                PostgresServer.USER,
                "PROCMON_DATABASE_PASSWORD_FILE",
                database.passwordFile().toString()));
    }

    private static Map<String, String> topic(KafkaBroker broker, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                broker.address(),
                "PROCMON_KAFKA_ENABLED",
                "true",
                "PROCMON_KAFKA_TOPIC",
                TOPIC,
                "PROCMON_KAFKA_GROUP",
                GROUP,
                "PROCMON_API_DIALECT",
                "generic"));
        environment.putAll(more);
        return environment;
    }

    private static void awaitRows(PostgresServer database, String url, int count) {
        Await.until(
                "the database has %d activities".formatted(count),
                () -> database.rows(url, "select count(*) from attempt").equals(List.of(Integer.toString(count))));
    }

    private static void awaitAttempts(Service school, int count) {
        Await.until(
                "the class service has %d activities".formatted(count),
                () -> attempts(school).size() == count);
    }

    private static void awaitAway(Service node) {
        Await.until("the node keeps it", () -> node.metrics().of("procmon_backend_away") == 1);
    }

    private static JsonNode attempts(Service service) {
        try {
            return JSON.readTree(service.get("/api/workflow/attempts").body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
