package io.procmon.spool;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.procmon.events.Report;
import io.procmon.process.Student;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

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
        JsonNode activity) {

    private static final ObjectMapper JSON = new ObjectMapper();

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
                tree(report.activity()));
    }

    /** Reads a line of the file. */
    static DeadLetter parse(String line) throws JsonProcessingException {
        return JSON.readValue(line, DeadLetter.class);
    }

    /** The line of the file. */
    String line() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a dead letter is always JSON", e);
        }
    }

    /** The report, to be sent once more. */
    Report report() {
        return new Report(
                eventId,
                kind,
                type,
                new Student(course, section, student),
                homework,
                Optional.ofNullable(startedAt).map(Instant::parse),
                Instant.parse(endedAt),
                activity.toString());
    }

    private static JsonNode tree(String activity) {
        try {
            return JSON.readTree(activity);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is always JSON", e);
        }
    }
}
