package io.procmon.classroom.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.procmon.classroom.mirror.Look;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * All that the class service has stored of a student.
 *
 * @param optedOutAt when the student opted out; missing while activities are recorded
 * @param records the builds, the runs and the interventions, by homework
 * @param looks the newest looks at the student, in order
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record MirrorBody(Instant optedOutAt, List<RecordBody> records, List<LookBody> looks) {

    /**
     * A look.
     *
     * @param hour the beginning of its hour
     * @param viewer the name of the viewer, or {@code token}, {@code loopback} or {@code link}
     * @param kind {@code work}, {@code attempts}, {@code measures} or {@code mirror}
     */
    @RegisterForReflection
    public record LookBody(Instant hour, String viewer, String kind) {
        static LookBody of(Look look) {
            return new LookBody(look.hour(), look.viewer(), look.kind().label());
        }
    }
}
