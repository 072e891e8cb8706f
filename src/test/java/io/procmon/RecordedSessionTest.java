package io.procmon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.procmon.source.RecordSource;
import io.procmon.spool.DeliveryResult;
import io.procmon.spool.Spool;
import io.procmon.stream.Pipeline;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A student compiles, fails, fixes, runs and crashes: from the recorded session to the backend's store. */
@QuarkusTest
@TestProfile(RecordedSessionTest.Replayed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordedSessionTest {

    /** The artefact in its default configuration, with a recorded session. */
    public static final class Replayed extends ReplayedSession {}

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int ACTIVITIES = 7;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TYPE_LINE = Pattern.compile("# TYPE (procmon_\\w+) \\w+");

    @Inject
    Pipeline pipeline;

    @Inject
    RecordSource source;

    @Inject
    Spool spool;

    @TestHTTPResource("/api/activities")
    URI activities;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    private final HttpClient http = HttpClient.newHttpClient();
    private CompletableFuture<List<JsonNode>> listener;
    private JsonNode received;

    @BeforeAll
    void replay() throws Exception {
        assertThat(get(management.resolve("/q/health/ready"), "*/*").statusCode())
                .isEqualTo(503);
        listener = listen();
        spool.open();
        AssertSubscriber<DeliveryResult> deliveries =
                pipeline.deliveries(source).subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
        pipeline.kept(source).select().first(ACTIVITIES).subscribe().with(_ -> {});
        deliveries.awaitItems(ACTIVITIES, DEADLINE);
        received = JSON.readTree(get(activities, "*/*").body());
    }

    @AfterAll
    void stop() {
        source.stop();
        spool.close();
        http.shutdownNow();
    }

    @Test
    void session_isWhatTheStudentDid() {
        assertThat(stream(received).map(RecordedSessionTest::summary))
                .containsExactly(
                        "build GCC hw1 'gcc -Wall -o main main.c' main.c 1",
                        "build GCC hw1 'gcc -Wall -o main main.c' main.c 0",
                        "run USER_BINARY hw1 './main' main 0",
                        "build GCC hw1 'gcc -g -o list list.c' list.c 0",
                        "run USER_BINARY hw1 './list' list 139",
                        "run USER_BINARY hw1 './list' list 139",
                        "run PYTHON hw1 'python3 check.py' check.py 0");
    }

    @Test
    void eachEvent_isAsItsSchemaSays() {
        assertThat(stream(received))
                .hasSize(ACTIVITIES)
                .allSatisfy(event -> assertThat(
                                Schemas.problems("jcode-" + event.get("kind").asText() + ".json", event))
                        .isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/class?page=-1               | 400 | page is at least 0, and size is 1 to 500
            /api/class?size=501              | 400 | page is at least 0, and size is 1 to 500
            /api/class?sort=luck             | 400 | sort is none of [
            /api/class/student?student=1     | 400 | course, section and student are needed
            /api/schema/nothing.json         | 404 | there is no schema 'nothing.json'; there are [
            /nothing.js                      | 404 | there is no file of this name
            """)
    void refusedRequests_areAnsweredWithTheReason(String path, int status, String reason) throws Exception {
        HttpResponse<String> refused = get(activities.resolve(path), "*/*");

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(refused.body()).startsWith(reason);
    }

    @Test
    void schemas_areServed_byName() throws Exception {
        assertThat(JSON.readTree(get(activities.resolve("/api/schema"), "*/*").body()))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(Schemas.NAMES);
        for (String name : Schemas.NAMES) {
            HttpResponse<String> schema = get(activities.resolve("/api/schema/" + name), "*/*");

            assertThat(JSON.readTree(schema.body())).isEqualTo(Schemas.read(name));
            assertThat(schema.headers().firstValue("content-type").orElseThrow())
                    .startsWith("application/schema+json");
        }
        assertThat(get(activities.resolve("/api/schema/other.json"), "*/*").statusCode())
                .isEqualTo(404);
    }

    @Test
    void openApi_describesEachResource() throws Exception {
        JsonNode paths = JSON.readTree(
                        get(activities.resolve("/api/openapi.json"), "*/*").body())
                .get("paths");

        assertThat(names(paths))
                .containsExactlyInAnyOrder(
                        "/api/activities",
                        "/api/class",
                        "/api/class/changes",
                        "/api/class/student",
                        "/api/dead-letters",
                        "/api/dead-letters/resend",
                        "/api/events",
                        "/api/export/progsnap2",
                        "/api/log-levels",
                        "/api/log-levels/{category}",
                        "/api/schema",
                        "/api/schema/{name}",
                        "/api/status",
                        "/api/workflow",
                        "/api/workflow/attempts",
                        "/api/workflow/measures",
                        "/api/workflow/changes",
                        "/api/workflow/interventions",
                        "/api/{class_div}/{homework}/{student}/logs/{kind}",
                        "/mirror/{link}",
                        "/mirror/{link}/delete",
                        "/mirror/{link}/opt-in",
                        "/mirror/{link}/opt-out",
                        "/mirror/{link}/records",
                        "/mirror/{link}/revoke");
        assertThat(paths)
                .allSatisfy(path -> assertThat(path)
                        .allSatisfy(operation ->
                                assertThat(operation.path("summary").asText()).isNotEmpty()));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void workflow_isReadFromTheSession() throws Exception {
        JsonNode works =
                JSON.readTree(get(activities.resolve("/api/workflow?course=os&homework=hw1&student=202012180"), "*/*")
                        .body());
        JsonNode elsewhere = JSON.readTree(
                get(activities.resolve("/api/workflow?section=2"), "*/*").body());

        assertThat(elsewhere).isEmpty();
        assertThat(works).hasSize(1);
        JsonNode work = works.get(0);
        assertThat(work.get("class_div").asText()).isEqualTo("os-1");
        assertThat(work.get("student_id").asText()).isEqualTo("202012180");
        assertThat(work.get("homework_dir").asText()).isEqualTo("hw1");
        assertThat(work.at("/figures/builds").asInt()).isEqualTo(3);
        assertThat(work.at("/figures/failed_builds").asInt()).isEqualTo(1);
        assertThat(work.at("/figures/runs").asInt()).isEqualTo(4);
        assertThat(work.at("/figures/crashes/SIGSEGV").asInt()).isEqualTo(2);
        assertThat(work.get("sessions")).hasSize(1);
        assertThat(work.get("cycles")).hasSize(2);
    }

    @Test
    void page_isServedWithAPolicyThatKeepsItToItself() throws Exception {
        HttpResponse<String> page = get(activities.resolve("/"), "text/html");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'self'"));
        assertThat(page.body()).contains("/page.js").contains("/page.css");
        for (String part : List.of("page.css", "page.js", "elements.js", "rates.js", "timeline.js", "words.js")) {
            assertThat(get(activities.resolve("/" + part), "*/*").statusCode())
                    .as(part)
                    .isEqualTo(200);
        }
        assertThat(get(activities.resolve("/page.txt"), "*/*").statusCode()).isEqualTo(404);
    }

    @Test
    void teacherWhoIsWithAStudent_isKept_andShown() throws Exception {
        assertThat(intervene("hw1", "Kim").statusCode()).isEqualTo(204);
        assertThat(intervene("hw20", "Kim").statusCode()).isEqualTo(404);
        assertThat(intervene("", "Kim").statusCode()).isEqualTo(400);
        assertThat(intervene("hw1", "K".repeat(65)).statusCode()).isEqualTo(400);
        assertThat(intervene("hw1", "K\\nim").statusCode()).isEqualTo(400);

        JsonNode interventions = JSON.readTree(get(activities.resolve("/api/workflow?homework=hw1"), "*/*")
                        .body())
                .at("/0/interventions");
        assertThat(interventions).hasSize(1);
        assertThat(interventions.at("/0/teacher").asText()).isEqualTo("Kim");
    }

    private HttpResponse<String> intervene(String homework, String teacher) throws Exception {
        String body = """
                {"course": "os", "section": "1", "homework": "%s", "student": "202012180", "teacher": "%s"}
                """.formatted(homework, teacher);
        HttpRequest request = HttpRequest.newBuilder(activities.resolve("/api/workflow/interventions"))
                .header("Content-Type", "application/json")
                .timeout(DEADLINE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void attempts_areServedInTheirOrder() throws Exception {
        JsonNode attempts = JSON.readTree(get(activities.resolve("/api/workflow/attempts?homework=hw1"), "*/*")
                .body());

        assertThat(stream(attempts)
                        .map(it ->
                                it.get("kind").asText() + " " + it.get("ending").asText() + " "
                                        + it.get("target").asText()))
                .containsExactly(
                        "build failed main.c",
                        "build ok main.c",
                        "run ok main",
                        "build ok list.c",
                        "run crashed list",
                        "run crashed list",
                        "run ok check.py");
    }

    @Test
    void status_isThatOfTheMeters() throws Exception {
        JsonNode status =
                JSON.readTree(get(activities.resolve("/api/status"), "*/*").body());

        assertThat(status.get("events").asInt()).isEqualTo(ACTIVITIES);
        assertThat(status.get("programs").asInt()).isGreaterThanOrEqualTo(ACTIVITIES);
        assertThat(Instant.parse(status.get("at").asText())).isAfter(Instant.EPOCH);
        assertThat(status.get("losses").asInt()).isZero();
        assertThat(status.get("backend_away").asBoolean()).isFalse();
    }

    @Test
    void otherPages_changeNothing() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(activities.resolve("/api/dead-letters/resend"))
                .header("Origin", "http://evil.example")
                .POST(HttpRequest.BodyPublishers.noBody())
                .timeout(DEADLINE)
                .build();

        assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "1", "{"})
    void receiver_refusesWhatIsNoActivity(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(activities.resolve("/api/os-1/hw1/202012180/logs/run"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .timeout(DEADLINE)
                .build();

        assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void dataset_isServedAsAnArchive() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(activities.resolve("/api/export/progsnap2?course=os"))
                .timeout(DEADLINE)
                .build();
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("content-type")).contains("application/zip");
        Map<String, Long> lines = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                lines.put(
                        entry.getName(),
                        new String(zip.readAllBytes(), UTF_8).lines().count());
            }
        }
        assertThat(lines)
                .containsEntry("MainTable.csv", 1L + ACTIVITIES + 2)
                .containsEntry("LinkTables/LinkEvent.csv", 1L + ACTIVITIES)
                .containsKeys("DatasetMetadata.csv", "README.md");
    }

    @Test
    void build_hasAllThatTheContractAsksFor() {
        assertThat(stream(received)
                        .filter(activity -> activity.get("kind").asText().equals("build")))
                .hasSize(3)
                .allSatisfy(build ->
                        assertPresent(build, "timestamp", "exit_code", "cmdline", "cwd", "binary_path", "target_path"));
    }

    @Test
    void run_hasAllThatTheContractAsksFor() {
        assertThat(stream(received)
                        .filter(activity -> activity.get("kind").asText().equals("run")))
                .hasSize(4)
                .allSatisfy(run ->
                        assertPresent(run, "timestamp", "exit_code", "cmdline", "cwd", "target_path", "process_type"))
                .extracting(run -> run.get("process_type").asText())
                .containsExactly("binary", "binary", "binary", "python");
    }

    @Test
    void everyActivity_saysWhoseWhereAndWhen() {
        assertThat(stream(received)).allSatisfy(activity -> {
            assertThat(activity.get("class_div").asText()).isEqualTo("os-1");
            assertThat(activity.get("student_id").asText()).isEqualTo("202012180");
            assertThat(activity.get("hostname").asText()).isEqualTo(Classroom.HOSTNAME);
            assertThat(activity.get("container_id").asText()).isEqualTo(Classroom.CONTAINER);
            assertThat(activity.get("cwd").asText()).isEqualTo("/home/coder/project/hw1");
            assertThat(activity.get("timestamp").asText()).endsWith("Z");
            Instant started = Instant.parse(activity.get("started_at").asText());
            Instant ended = Instant.parse(activity.get("timestamp").asText());
            assertThat(Duration.between(started, ended).toNanos() / 1e6)
                    .isEqualTo(activity.get("duration_ms").asDouble());
            assertThat(activity.get("arguments").isArray()).isTrue();
        });
    }

    @Test
    void crash_namesItsSignal_andSuccessNone() {
        JsonNode crash = received.get(4);
        JsonNode success = received.get(2);

        assertThat(crash.get("signal").asInt()).isEqualTo(11);
        assertThat(crash.get("core_dumped").asBoolean()).isFalse();
        assertThat(success.has("signal")).isFalse();
    }

    @Test
    void everyActivity_hasAnIdOfItsOwn() {
        assertThat(stream(received).map(activity -> activity.get("event_id").asText()))
                .hasSize(ACTIVITIES)
                .doesNotHaveDuplicates();
    }

    @Test
    void whoeverAsksForNothing_getsJson() throws Exception {
        HttpResponse<String> curl = get(activities, "*/*");

        assertThat(curl.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(get(activities, "application/json").body()).isEqualTo(curl.body());
        assertThat(get(activities, "text/html,application/xhtml+xml,*/*;q=0.8").body())
                .isEqualTo(curl.body());
    }

    @Test
    void whoeverListens_getsEachActivityAsItArrives() throws Exception {
        List<JsonNode> heard = listener.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);

        assertThat(heard).isEqualTo(stream(received).toList());
    }

    @Test
    void metrics_areTheSameUnderBothPaths() throws Exception {
        assertThat(typesOf(get(management.resolve("/metrics"), "*/*").body()))
                .isEqualTo(typesOf(get(management.resolve("/q/metrics"), "*/*").body()));
    }

    @Test
    void metrics_keepTheBooks() throws Exception {
        String scrape = get(management.resolve("/metrics"), "*/*").body();

        assertThat(scrape.lines())
                .contains(
                        "procmon_events_total 7.0",
                        "procmon_activities_delivered_total 7.0",
                        "procmon_activities_in_flight 0.0",
                        "procmon_errors_total 0.0",
                        "procmon_events_by_type{type=\"GCC\"} 3.0",
                        "procmon_events_by_type{type=\"USER_BINARY\"} 3.0",
                        "procmon_events_by_type{type=\"PYTHON\"} 1.0");
        assertThat(scrape).contains("procmon_processing_duration_seconds_count 7");
    }

    @Test
    void metrics_holdNoStudent() throws Exception {
        assertThat(get(management.resolve("/metrics"), "*/*").body())
                .doesNotContain("202012180")
                .doesNotContain("os-1");
    }

    @Test
    void health_isUpOnceTheSourceIsAtWork() throws Exception {
        assertThat(get(management.resolve("/q/health/live"), "*/*").statusCode())
                .isEqualTo(200);
        assertThat(get(management.resolve("/q/health/ready"), "*/*").statusCode())
                .isEqualTo(200);
    }

    private CompletableFuture<List<JsonNode>> listen() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(activities)
                .header("Accept", "text/event-stream")
                .build();
        CompletableFuture<HttpResponse<Stream<String>>> stream =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofLines());
        return stream.thenApplyAsync(response -> response.body()
                .filter(line -> line.startsWith("data:"))
                .limit(ACTIVITIES)
                .map(line -> parse(line.substring("data:".length())))
                .toList());
    }

    private HttpResponse<String> get(URI uri, String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Accept", accept)
                .timeout(DEADLINE)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The names of procmon's own meters; a timer's maximum is counted as part of the timer. */
    private static Set<String> typesOf(String scrape) {
        Set<String> names = new TreeSet<>();
        scrape.lines()
                .map(TYPE_LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> line.group(1))
                .filter(name -> !name.endsWith("_seconds_max"))
                .forEach(names::add);
        return names;
    }

    private static void assertPresent(JsonNode activity, String... members) {
        for (String member : members) {
            assertThat(activity.hasNonNull(member)).as(member).isTrue();
        }
    }

    private static String summary(JsonNode activity) {
        String target = activity.get("target_path").asText();
        return "%s %s %s '%s' %s %d"
                .formatted(
                        activity.get("kind").asText(),
                        activity.get("type").asText(),
                        activity.get("homework_dir").asText(),
                        activity.get("cmdline").asText(),
                        target.substring(target.lastIndexOf('/') + 1),
                        activity.get("exit_code").asInt());
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
