package io.procmon.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.procmon.classroom.workflow.PatternFound;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The body of a pattern, with the fields of {@link PatternFound}; the dialect adds the student. Times are ISO 8601,
 * UTC.
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record PatternBody(
        String eventId,
        String timestamp,
        String from,
        String to,
        int activities,
        boolean ongoing,
        String state,
        String reason) {

    static PatternBody of(PatternFound found) {
        return new PatternBody(
                found.eventId().toString(),
                found.to().toString(),
                found.from().toString(),
                found.to().toString(),
                found.activities(),
                found.ongoing(),
                found.state(),
                found.reason());
    }
}
