package io.procmon.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.procmon.config.ProcmonConfig;
import io.procmon.events.Node;
import io.procmon.events.Report;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.util.Optional;

/**
 * CloudEvents 1.0 over HTTP, in structured or batched mode: the generic event in an envelope that event routers
 * understand.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">JSON format</a>
 */
@ApplicationScoped
public class CloudEventsDialect implements Dialect {

    private final ProcmonConfig config;
    private final ObjectMapper json;
    private final GenericDialect generic;
    private final String source;

    @Inject
    CloudEventsDialect(ProcmonConfig config, ObjectMapper json, GenericDialect generic, Node node) {
        this.config = config;
        this.json = json;
        this.generic = generic;
        source = "/procmon/nodes/" + URLEncoder.encode(node.name(), UTF_8);
    }

    @Override
    public String name() {
        return "cloudevents";
    }

    @Override
    public String path(Report report) {
        return config.api().genericPath();
    }

    @Override
    public String mediaType() {
        return "application/cloudevents+json";
    }

    @Override
    public Optional<String> batchMediaType() {
        return Optional.of("application/cloudevents-batch+json");
    }

    @Override
    public String body(Report report) {
        StringWriter body = new StringWriter();
        try (JsonGenerator event = json.createGenerator(body)) {
            event.writeStartObject();
            event.writeStringField("specversion", "1.0");
            event.writeStringField("id", report.eventId().toString());
            event.writeStringField("source", source);
            event.writeStringField("type", typeOf(report));
            event.writeStringField("subject", subject(report));
            event.writeStringField("time", report.endedAt().toString());
            event.writeStringField("datacontenttype", "application/json");
            event.writeFieldName("data");
            event.writeRawValue(generic.body(report));
            event.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("an envelope can always be written as JSON", e);
        }
        return body.toString();
    }

    private static String subject(Report report) {
        return report.student().classDiv() + "/" + report.student().id() + "/" + report.homework();
    }

    private static String typeOf(Report report) {
        return report.kind().equals(Report.PATTERN) ? "io.procmon.pattern" : "io.procmon.activity." + report.kind();
    }
}
