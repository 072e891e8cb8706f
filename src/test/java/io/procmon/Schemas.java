package io.procmon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The published JSON Schemas of events. */
public final class Schemas {

    /** The names of all schemas. */
    public static final List<String> NAMES =
            List.of("cloudevents.json", "generic.json", "jcode-build.json", "jcode-run.json");

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final ObjectMapper JSON = new ObjectMapper();

    private Schemas() {}

    /** Reads a schema. */
    public static JsonNode read(String name) {
        try (InputStream file = Schemas.class.getResourceAsStream("/schema/" + name)) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parses a JSON text. */
    public static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("this is no JSON: " + json, e);
        }
    }

    /** The violations of a schema by an event; formats such as {@code date-time} are checked, too. */
    public static List<String> problems(String name, JsonNode event) {
        return FACTORY
                .getSchema(read(name))
                .validate(event, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
                .stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
