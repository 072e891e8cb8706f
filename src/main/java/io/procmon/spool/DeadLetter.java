package io.procmon.spool;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.procmon.events.Report;
import io.procmon.process.Student;
import io.procmon.spool.RecordFormat.Unreadable;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A report that the backend rejected: one line of JSON in a file.
 *
 * @param refusedAt time of the rejection: ISO 8601, UTC
 * @param status the HTTP status, or Kafka's error code
 * @param answer the beginning of the backend's answer
 * @param startedAt start of the process: ISO 8601, UTC; null if the report has none
 * @param activity all fields of the activity
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record DeadLetter(
        String refusedAt,
        int status,
        String answer,
        UUID eventId,
        String kind,
        String type,
        String course,
        String section,
        String student,
        String homework,
        @JsonInclude(JsonInclude.Include.NON_NULL) String startedAt,
        String endedAt,
        ActivityText activity) {

    /**
     * An activity as its JSON text, which is written unchanged.
     *
     * @param json a JSON value
     */
    @RegisterForReflection
    record ActivityText(@JsonValue @JsonRawValue String json) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static ActivityText of(JsonNode tree) {
            return new ActivityText(tree.toString());
        }

        boolean isObject() {
            return json.startsWith("{");
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * {@link RecordFormat} can write a name of at most 64 KiB, with up to three bytes for each character.
     */
    private static final int LONGEST_NAME = 0xffff / 3;

    static DeadLetter of(Report report, int status, String answer, Instant now) {
        Student student = report.student();
        return new DeadLetter(
                now.toString(),
                status,
                answer,
                report.eventId(),
                report.kind(),
                report.type(),
                student.course(),
                student.section(),
                student.id(),
                report.homework(),
                report.startedAt().map(Instant::toString).orElse(null),
                report.endedAt().toString(),
                new ActivityText(report.activity()));
    }

    /** Parses a line of the file, which people may have edited. */
    static Report parse(byte[] line) throws Unreadable {
        try {
            DeadLetter letter = JSON.readValue(line, DeadLetter.class);
            if (letter == null || !letter.isWhole()) {
                throw new Unreadable("it lacks a field that a report needs");
            }
            return letter.report();
        } catch (JsonProcessingException e) {
            throw new Unreadable(e.getOriginalMessage());
        } catch (IOException | DateTimeException e) {
            throw new Unreadable(e.getMessage());
        }
    }

    /** Whether all fields are present and the spool can store the report. */
    private boolean isWhole() {
        return eventId != null
                && endedAt != null
                && activity != null
                && activity.isObject()
                && Stream.of(kind, type, course, section, student, homework)
                        .allMatch(name -> name != null && name.length() <= LONGEST_NAME);
    }

    /** The letter as a line of the file. */
    String line() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a dead letter is always JSON", e);
        }
    }

    private Report report() {
        return new Report(
                eventId,
                kind,
                type,
                new Student(course, section, student),
                homework,
                Optional.ofNullable(startedAt).map(Instant::parse),
                Instant.parse(endedAt),
                activity.json());
    }
}
