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
 * A report that the backend refused for what it is: one line of JSON in a file.
 *
 * @param refusedAt when: ISO 8601, UTC
 * @param status the HTTP status, or Kafka's error code
 * @param answer the beginning of what the backend said
 * @param startedAt when its process began: ISO 8601, UTC; null where the report doesn't say
 * @param activity all that is known of the activity
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
     * An activity as its JSON text: written as it is.
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

    /** What {@link RecordFormat} writes of a name is 64 KiB at most, and a character three bytes. */
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

    /** The report of a line of the file, which people may have edited: to be sent once more. */
    static Report parse(byte[] line) throws Unreadable {
        try {
            DeadLetter letter = JSON.readValue(line, DeadLetter.class);
            if (letter == null || !letter.isWhole()) {
                throw new Unreadable("it lacks what a report needs");
            }
            return letter.report();
        } catch (JsonProcessingException e) {
            throw new Unreadable(e.getOriginalMessage());
        } catch (IOException | DateTimeException e) {
            throw new Unreadable(e.getMessage());
        }
    }

    /** Whether there is a report in it that the spool can keep. */
    private boolean isWhole() {
        return eventId != null
                && endedAt != null
                && activity != null
                && activity.isObject()
                && Stream.of(kind, type, course, section, student, homework)
                        .allMatch(name -> name != null && name.length() <= LONGEST_NAME);
    }

    /** The line of the file. */
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
