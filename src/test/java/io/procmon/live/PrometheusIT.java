package io.procmon.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.procmon.Prerequisites;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** A real Prometheus scrapes procmon, with the rules that operators get. */
@Live
class PrometheusIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RULES = Path.of("docker/prometheus/alerts.yml").toAbsolutePath();

    @Test
    void whatProcmonCounts_isInPrometheus_withItsTypes_andTheRulesAreHealthy(Lab lab) throws Exception {
        Prerequisites.programs("prometheus");
        var backend = lab.receiver();
        var prefix = lab.ownPrefix();
        var procmon = lab.procmon(prefix, backend, Map.of());
        var student = Samples.in(lab.container(prefix + lab.nextStudent()), lab.programs());
        student.run("hw1", "./ends", "exit", "0");
        student.run("hw1", "./ends", "crash");
        assertThat(student.eventsAt(backend)).hasSize(2);
        int events = backend.events().size(); // and the marker program of the container

        Path directory = lab.newDirectory();
        Path configuration =
                Files.writeString(directory.resolve("prometheus.yml"), configuration(procmon.metricsPort()));
        int port = Service.freePort();
        Process prometheus = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        lab.keep(() -> {
            prometheus.destroy();
            prometheus.waitFor();
        });

        Await.until(
                "Prometheus has scraped", () -> sum(port, "up") == 1 && sum(port, "procmon_events_total") == events);
        assertThat(sum(port, "sum(procmon_events_by_type{type='USER_BINARY'})")).isEqualTo(events);
        assertThat(sum(port, "sum(procmon_processing_duration_seconds_bucket{le='+Inf'})"))
                .isEqualTo(events);
        assertThat(sum(port, "histogram_quantile(0.99, procmon_delivery_duration_seconds_bucket)"))
                .isPositive();
        assertThat(sum(port, "procmon_end_to_end_duration_seconds_count")).isEqualTo(events);
        assertThat(sum(port, "procmon_end_to_end_duration_seconds_sum"))
                .isGreaterThan(sum(port, "procmon_delivery_duration_seconds_sum"));
        assertThat(get(port, "/api/v1/metadata?metric=procmon_events_total")
                        .at("/data/procmon_events_total/0/type")
                        .asText())
                .isEqualTo("counter");
        Await.until(
                "the rules were evaluated",
                () -> rules(port)
                        .allMatch(rule -> !rule.path("lastEvaluation").asText().startsWith("0001")));
        assertThat(rules(port))
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.path("health").asText())
                        .as(rule.toString())
                        .isEqualTo("ok"));
    }

    private static String configuration(int target) {
        return """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: procmon
                    static_configs: [{targets: ["127.0.0.1:%d"]}]
                """.formatted(RULES, target);
    }

    private static Stream<JsonNode> rules(int port) {
        return StreamSupport.stream(
                        get(port, "/api/v1/rules").at("/data/groups").spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false));
    }

    /** The value of a query; -1 if it has none yet. */
    private static double sum(int port, String query) {
        return get(port, "/api/v1/query?query=" + URLEncoder.encode(query, UTF_8))
                .at("/data/result/0/value/1")
                .asDouble(-1);
    }

    /** An answer of Prometheus; nothing until it is ready. */
    private static JsonNode get(int port, String path) {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        try {
            HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            return answer.statusCode() == 200 ? JSON.readTree(answer.body()) : JSON.nullNode();
        } catch (ConnectException e) {
            return JSON.nullNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
