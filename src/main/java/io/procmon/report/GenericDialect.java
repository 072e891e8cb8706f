package io.procmon.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.procmon.config.ProcmonConfig;
import io.procmon.events.Report;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** One path for every event, which says in its body whose it is: {@code process_type} is the type, such as GCC. */
@ApplicationScoped
public class GenericDialect implements Dialect {

    @Inject
    ProcmonConfig config;

    @Inject
    ObjectMapper json;

    @Override
    public String name() {
        return "generic";
    }

    @Override
    public String path(Report report) {
        return config.api().genericPath();
    }

    @Override
    public Optional<String> batchMediaType() {
        return Optional.of(MediaType.APPLICATION_JSON);
    }

    @Override
    public String body(Report report) {
        return event(report).toString();
    }

    /** The activity as one object that names its student. */
    ObjectNode event(Report report) {
        ObjectNode body = activity(report);
        body.put("process_type", report.type());
        if (body.get("arguments") instanceof ArrayNode arguments && !arguments.isEmpty()) {
            arguments.remove(0);
        }
        body.put("kind", report.kind());
        body.put("class_div", report.student().classDiv());
        body.put("student_id", report.student().id());
        body.put("homework_dir", report.homework());
        return body;
    }

    private ObjectNode activity(Report report) {
        try {
            JsonNode tree = json.readTree(report.activity());
            return (ObjectNode) tree;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report's activity is always a JSON object", e);
        }
    }
}
