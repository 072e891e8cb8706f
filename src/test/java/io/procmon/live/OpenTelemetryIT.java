package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.procmon.Prerequisites;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The build with OpenTelemetry sends a span for each activity and the meters, without names of students. */
@Live
@Tag("opentelemetry")
class OpenTelemetryIT {

    private static final Path ARTEFACT = Path.of("target/opentelemetry/quarkus-run.jar");

    @Test
    void activities_areSpans_andMetersArePushed(Lab lab) {
        Prerequisites.require(Files.exists(ARTEFACT), "there is no " + ARTEFACT);
        Collector collector = lab.keep(Collector.open());
        Receiver backend = lab.receiver();
        String prefix = lab.ownPrefix();
        lab.procmon(ARTEFACT.toAbsolutePath(), prefix, backend, exportingTo(collector));
        StudentContainer student = Samples.in(lab.container(prefix + lab.nextStudent()), lab.programs());

        student.run("hw1", "gcc", "-o", "main", "main.c");
        student.run("hw1", "./ends", "exit", "3");

        List<Event> events = student.eventsAt(backend);
        Await.until("spans arrive", () -> collector.spans().size() > events.size());
        assertThat(collector.spans().subList(0, events.size()))
                .extracting(
                        Span::getName,
                        span -> attribute(span, "procmon.event_id").getStringValue(),
                        span -> attribute(span, "procmon.homework").getStringValue(),
                        span -> attribute(span, "process.exit.code").getIntValue(),
                        span -> span.getStatus().getCode())
                .containsExactly(
                        tuple("GCC", events.getFirst().text("event_id"), "hw1", 0L, StatusCode.STATUS_CODE_UNSET),
                        tuple(
                                "USER_BINARY",
                                events.getLast().text("event_id"),
                                "hw1",
                                3L,
                                StatusCode.STATUS_CODE_ERROR));
        assertThat(collector.spans()).allMatch(span -> span.getStartTimeUnixNano() < span.getEndTimeUnixNano());
        assertThat(collector.traces().toString())
                .doesNotContain(events.getFirst().student())
                .doesNotContain("main.c");
        Await.until(
                "meters arrive",
                () -> collector
                        .metricNames()
                        .containsAll(List.of("procmon.activities.delivered", "procmon.kernel.losses")));
    }

    private static Map<String, String> exportingTo(Collector collector) {
        return Map.of(
                "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT",
                collector.address(),
                "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL",
                "http/protobuf",
                "QUARKUS_OTEL_BSP_SCHEDULE_DELAY",
                "100ms",
                "QUARKUS_OTEL_METRIC_EXPORT_INTERVAL",
                "500ms");
    }

    private static AnyValue attribute(Span span, String key) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .findFirst()
                .orElseThrow()
                .getValue();
    }
}
