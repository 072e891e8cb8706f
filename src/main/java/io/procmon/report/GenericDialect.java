package io.procmon.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.procmon.config.ProcmonConfig;
import io.procmon.events.Report;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;

/** One path for all events; the body names the student. The field {@code process_type} is the type, such as GCC. */
@ApplicationScoped
public class GenericDialect implements Dialect {

    /** Approximate length of the members that this dialect adds, in characters. */
    private static final int ADDED = 256;

    private final ProcmonConfig config;
    private final ObjectMapper json;

    @Inject
    GenericDialect(ProcmonConfig config, ObjectMapper json) {
        this.config = config;
        this.json = json;
    }

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

    /** The activity and its student as one object. Its tokens are copied without building a tree. */
    @Override
    public String body(Report report) {
        StringWriter body = new StringWriter(report.activity().length() + ADDED);
        try (JsonParser activity = json.createParser(report.activity());
                JsonGenerator event = json.createGenerator(body)) {
            activity.nextToken();
            event.writeStartObject();
            while (activity.nextToken() == JsonToken.FIELD_NAME) {
                copyMember(activity, event);
            }
            event.writeStringField("process_type", report.type());
            event.writeStringField("kind", report.kind());
            event.writeStringField("class_div", report.student().classDiv());
            event.writeStringField("student_id", report.student().id());
            event.writeStringField("homework_dir", report.homework());
            event.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("a report's activity is always a JSON object", e);
        }
        return body.toString();
    }

    private static void copyMember(JsonParser activity, JsonGenerator event) throws IOException {
        String name = activity.currentName();
        JsonToken value = activity.nextToken();
        switch (name) {
            case "process_type" -> activity.skipChildren();
            case "arguments" -> {
                event.writeFieldName(name);
                if (value == JsonToken.START_ARRAY) {
                    copyWithoutFirst(activity, event);
                } else {
                    event.copyCurrentStructure(activity);
                }
            }
            default -> {
                event.writeFieldName(name);
                event.copyCurrentStructure(activity);
            }
        }
    }

    private static void copyWithoutFirst(JsonParser array, JsonGenerator to) throws IOException {
        to.writeStartArray();
        if (array.nextToken() != JsonToken.END_ARRAY) {
            array.skipChildren();
            while (array.nextToken() != JsonToken.END_ARRAY) {
                to.copyCurrentStructure(array);
            }
        }
        to.writeEndArray();
    }
}
