package io.procmon.classroom.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.procmon.classroom.workflow.Attempt;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A build or a run as JSON, as {@link Attempt} says; what is not known is left out.
 *
 * @param kind {@code build} or {@code run}
 * @param ending {@code ok}, {@code failed}, {@code crashed} or {@code stopped}
 * @param sourceBytes of a build: how large its sources were together; null if nobody could look
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record AttemptBody(
        UUID eventId,
        String kind,
        String type,
        String ending,
        String signal,
        Instant startedAt,
        Instant endedAt,
        double durationMs,
        int exitCode,
        String target,
        Long sourceBytes,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> failedChecks,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> wrapper) {

    static AttemptBody of(Attempt attempt) {
        return new AttemptBody(
                attempt.id(),
                attempt.kind().label(),
                attempt.type(),
                attempt.ending().label(),
                attempt.signal().orElse(null),
                attempt.startedAt(),
                attempt.endedAt(),
                attempt.duration().toNanos() / 1e6,
                attempt.status().exitCode(),
                attempt.target(),
                attempt.isBuild() && attempt.sourceBytes().isPresent()
                        ? attempt.sourceBytes().getAsLong()
                        : null,
                attempt.failedChecks(),
                attempt.wrappers());
    }
}
