package io.procmon.classroom.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.diagnostics.Diagnostic;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A build or a run as JSON, with the fields of {@link Attempt}. Unknown values are left out.
 *
 * @param kind {@code build} or {@code run}
 * @param ending {@code ok}, {@code failed}, {@code crashed} or {@code stopped}
 * @param sourceBytes for a build: the total size of its sources, in bytes; null if it is unknown
 * @param node the node that ran it; null if it is unknown
 * @param builtBy for a run: the event id of the build that made its program; null if it is unknown
 * @param builtOn for a run: the node of that build; null if it is the same node
 * @param diagnostics the errors and warnings, as far as the level permits
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
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> wrapper,
        String node,
        UUID builtBy,
        String builtOn,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<DiagnosticBody> diagnostics) {

    /** The fields of {@link Diagnostic}. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record DiagnosticBody(
            String severity, String type, String message, String file, Integer line, Integer column) {
        static DiagnosticBody of(Diagnostic diagnostic) {
            return new DiagnosticBody(
                    diagnostic.severity().label(),
                    diagnostic.type(),
                    diagnostic.message().orElse(null),
                    diagnostic.file().orElse(null),
                    diagnostic.line().isPresent() ? diagnostic.line().getAsInt() : null,
                    diagnostic.column().isPresent() ? diagnostic.column().getAsInt() : null);
        }
    }

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
                attempt.isBuild() && attempt.files().sourceBytes().isPresent()
                        ? attempt.files().sourceBytes().getAsLong()
                        : null,
                attempt.failedChecks(),
                attempt.descent().wrappers(),
                attempt.origin().node().isEmpty() ? null : attempt.origin().node(),
                attempt.descent().builtBy().orElse(null),
                attempt.origin().builtOn().orElse(null),
                attempt.diagnostics().list().stream().map(DiagnosticBody::of).toList());
    }
}
