package io.procmon.classroom.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.ProgramStamp;
import io.procmon.classroom.workflow.Work;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * All that the class service has stored of a student's work on a homework. Unknown values are left out.
 *
 * @param homeworkDir the homework
 * @param attempts the builds and runs, in order
 * @param interventions when teachers were with the student
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RecordBody(String homeworkDir, List<Recorded> attempts, List<Help> interventions) {

    /**
     * A build or a run, with the fields that the page of the class does not have.
     *
     * @param cpuMs the CPU time, in milliseconds
     * @param programBytes the size of the program, in bytes
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Recorded(
            AttemptBody attempt,
            double cpuMs,
            long peakMemoryBytes,
            List<String> sources,
            List<String> outputs,
            boolean test,
            String program,
            Long programBytes,
            Instant programModifiedAt) {

        static Recorded of(Attempt attempt) {
            ProgramStamp program = attempt.origin().program().orElse(null);
            return new Recorded(
                    AttemptBody.of(attempt),
                    attempt.execution().cpu().toNanos() / 1e6,
                    attempt.execution().peakMemory(),
                    attempt.files().sources(),
                    attempt.files().outputs(),
                    attempt.test(),
                    program == null ? null : program.path(),
                    program == null ? null : program.bytes(),
                    program == null ? null : program.modifiedAt());
        }
    }

    /** When a teacher was with the student, and who. */
    @RegisterForReflection
    public record Help(Instant at, String teacher) {}

    static RecordBody of(Work work, List<Attempt> attempts, List<Intervention> interventions) {
        return new RecordBody(
                work.homework(),
                attempts.stream().map(Recorded::of).toList(),
                interventions.stream()
                        .map(it -> new Help(it.at(), it.teacher()))
                        .toList());
    }
}
