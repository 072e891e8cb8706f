package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The metrics, health checks and logs of procmon. */
@Live
class ObservabilityIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path STATISTICS = Path.of("/proc/sys/kernel/bpf_stats_enabled");

    @Test
    void started_isWhoHasSeenAnExecOfItsOwn(Lab lab) {
        var procmon = lab.procmon();

        Await.until(
                "the self-test has succeeded",
                () -> procmon.management("/q/health/started").statusCode() == 200);

        assertThat(procmon.management("/q/health/started").body())
                .contains("self-test")
                .contains("procmon received an exec and its exit");
    }

    @Test
    void scraper_getsTheFormatThatItAccepts(Lab lab) {
        var procmon = lab.procmon();
        Map<String, String> formats = Map.of(
                "application/openmetrics-text; version=1.0.0", "application/openmetrics-text",
                "application/openmetrics-text;version=1.0.0;q=0.9", "application/openmetrics-text",
                "application/openmetrics-text", "application/openmetrics-text",
                "application/openmetrics-text; version=1.0.0; charset=utf-8", "application/openmetrics-text",
                "text/plain", "text/plain",
                "application/openmetrics-text;version=1.0.0, */*;q=0.1", "application/openmetrics-text");

        assertThat(formats).allSatisfy((accepted, format) -> {
            for (String path : List.of("/q/metrics", "/metrics")) {
                var answer = procmon.scrape(path, accepted);

                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                        .startsWith(format);
                assertThat(answer.body()).contains("procmon_process_images_received");
                assertThat(answer.body().endsWith("# EOF\n")).isEqualTo(format.startsWith("application"));
            }
        });
    }

    @Test
    void categoryAtDebug_tellsEachEventsWay_underItsId_untilItIsReset(Lab lab) {
        var backend = lab.receiver();
        var prefix = lab.ownPrefix();
        var procmon = lab.procmon(prefix, backend, Map.of());
        var student = Samples.in(lab.container(prefix + lab.nextStudent()), lab.programs());

        student.run("hw1", "./ends", "exit", "1");
        var before = student.eventsAt(backend).getLast().text("event_id");
        assertThat(procmon.put("/api/log-levels/io.procmon", "LOUD").statusCode())
                .isEqualTo(400);
        assertThat(procmon.put("/api/log-levels/io.procmon", "DEBUG").statusCode())
                .isEqualTo(204);
        assertThat(procmon.get("/api/log-levels").body()).isEqualTo("{\"io.procmon\":\"DEBUG\"}");
        student.run("hw1", "./ends", "exit", "2");
        var meanwhile = student.eventsAt(backend).getLast().text("event_id");
        Await.until("its way is told", () -> linesOf(procmon, meanwhile).size() == 2);
        assertThat(procmon.delete("/api/log-levels/io.procmon").statusCode()).isEqualTo(204);
        student.run("hw1", "./ends", "exit", "3");
        var after = student.eventsAt(backend).getLast().text("event_id");
        procmon.terminate();
        procmon.exitStatus();

        assertThat(linesOf(procmon, before)).isEmpty();
        assertThat(linesOf(procmon, meanwhile))
                .extracting(line -> line.required("message").textValue())
                .containsExactly("kept", "delivered " + meanwhile);
        assertThat(linesOf(procmon, after)).isEmpty();
    }

    @Test
    void kernelMeters_tellWhatTheProgramsCost_andHowFullTheMapsAre(Lab lab) throws IOException {
        var backend = lab.receiver();
        var prefix = lab.ownPrefix();
        var procmon = lab.procmon(prefix, backend, Map.of());
        String before = Files.readString(STATISTICS);
        Files.writeString(STATISTICS, "1");
        try {
            var student = Samples.in(lab.container(prefix + lab.nextStudent()), lab.programs());
            student.run("hw1", "./ends", "exit", "0");

            var metrics = procmon.metricsWhere(
                    "the kernel has measured the programs",
                    it -> it.of("procmon_kernel_program_runs_total", "program", "on_exec") > 0
                            && it.of("procmon_kernel_program_runs_total", "program", "on_exit") > 0
                            && it.of("procmon_kernel_map_entries", "map", "processes") > 0);

            assertThat(metrics.of("procmon_kernel_program_instructions", "program", "on_exec"))
                    .isBetween(100L, 1_000_000L);
            assertThat(metrics.of("procmon_kernel_map_capacity", "map", "processes"))
                    .isEqualTo(4 * 8192); // so that no group of ids is full before 8,192 are watched
            assertThat(metrics.of("procmon_kernel_map_entries", "map", "buckets"))
                    .isPositive();
            assertThat(metrics.of("procmon_kernel_ring_size_bytes")).isEqualTo(4 << 20);
        } finally {
            Files.writeString(STATISTICS, before);
        }
    }

    private static List<JsonNode> linesOf(Service procmon, String eventId) {
        return procmon.log()
                .lines()
                .map(ObservabilityIT::line)
                .filter(line -> line.at("/mdc/event_id").asText().equals(eventId))
                .toList();
    }

    private static JsonNode line(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
