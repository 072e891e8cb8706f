package io.procmon.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.procmon.config.ProcmonConfig;
import io.procmon.events.Node;
import io.procmon.events.Report;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.util.Optional;

/**
 * CloudEvents 1.0 by HTTP, in structured or batched mode: the generic event in an envelope that every event router reads.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">JSON format</a>
 */
@ApplicationScoped
public class CloudEventsDialect implements Dialect {

    @Inject
    ProcmonConfig config;

    @Inject
    ObjectMapper json;

    @Inject
    GenericDialect generic;

    @Inject
    Node node;

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
        ObjectNode event = json.createObjectNode();
        event.put("specversion", "1.0");
        event.put("id", report.eventId().toString());
        event.put("source", "/procmon/nodes/" + URLEncoder.encode(node.name(), UTF_8));
        event.put("type", typeOf(report));
        event.put(
                "subject", report.student().classDiv() + "/" + report.student().id() + "/" + report.homework());
        event.put("time", report.endedAt().toString());
        event.put("datacontenttype", "application/json");
        event.set("data", generic.event(report));
        return event.toString();
    }

    private static String typeOf(Report report) {
        return report.kind().equals(Report.PATTERN) ? "io.procmon.pattern" : "io.procmon.activity." + report.kind();
    }
}
