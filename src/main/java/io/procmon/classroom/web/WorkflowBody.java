package io.procmon.classroom.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Cycle;
import io.procmon.classroom.workflow.Figures;
import io.procmon.classroom.workflow.Finding;
import io.procmon.classroom.workflow.History;
import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.RunningProgram;
import io.procmon.classroom.workflow.Session;
import io.procmon.classroom.workflow.Step;
import io.procmon.classroom.workflow.Work;
import io.procmon.classroom.workflow.WorkErrors;
import io.procmon.classroom.workflow.WorkSummary;
import io.procmon.process.Student;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A student's work on a homework as JSON. Durations are in milliseconds, times in ISO 8601. Unknown values are left
 * out.
 *
 * @param classDiv course and section
 * @param studentId the student
 * @param homeworkDir the homework directory
 * @param state the progress, such as {@code built}
 * @param steps the steps of the homework, in order, and whether each is reached
 * @param recent the latest builds and runs, in order
 * @param figures counts and times
 * @param sessions the sessions, in order
 * @param cycles the cycles from build to run, in order
 * @param errors the errors of the newest build or run
 * @param measures published measures of the errors of its builds; null if there are no diagnostics
 * @param patterns the occurrences of each pattern, by its name
 * @param answered the names of ongoing patterns that have not occurred again since a teacher was with the student
 * @param interventions when teachers were with the student, in order
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record WorkflowBody(
        String classDiv,
        String studentId,
        String homeworkDir,
        String state,
        List<StepBody> steps,
        List<RecentBody> recent,
        FiguresBody figures,
        List<SessionBody> sessions,
        List<CycleBody> cycles,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ErrorBody> errors,
        MeasuresBody measures,
        Map<String, List<FindingBody>> patterns,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> answered,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<InterventionBody> interventions) {

    /** The number of builds and runs in a sparkline. */
    private static final int RECENT = 30;

    /** The student and the homework. Course and section are parts of {@code classDiv}. */
    Work work() {
        int hyphen = classDiv.lastIndexOf('-');
        return new Work(
                new Student(classDiv.substring(0, hyphen), classDiv.substring(hyphen + 1), studentId), homeworkDir);
    }

    static WorkflowBody of(WorkSummary summary) {
        Map<String, List<FindingBody>> patterns = new TreeMap<>();
        summary.patterns()
                .forEach((name, findings) -> patterns.put(
                        name, findings.stream().map(FindingBody::of).toList()));
        return new WorkflowBody(
                summary.work().student().classDiv(),
                summary.work().student().id(),
                summary.work().homework(),
                summary.state().label(),
                summary.progress().reached().entrySet().stream()
                        .map(step -> StepBody.of(step.getKey(), step.getValue()))
                        .toList(),
                summary.history().attempts().stream()
                        .skip(Math.max(0, summary.history().attempts().size() - RECENT))
                        .map(RecentBody::of)
                        .toList(),
                FiguresBody.of(summary.figures()),
                summary.sessions().stream().map(SessionBody::of).toList(),
                summary.cycles().stream().map(CycleBody::of).toList(),
                summary.errors().now().stream().map(ErrorBody::of).toList(),
                MeasuresBody.of(summary.errors()),
                patterns,
                summary.answered(),
                summary.interventions().stream()
                        .map(it -> InterventionBody.of(it, summary.history()))
                        .toList());
    }

    /**
     * A step of the homework.
     *
     * @param step {@code working}, {@code built}, {@code ran}, {@code milestone}, {@code requirement} or {@code done}
     * @param name the name of the milestone or the requirement
     */
    @RegisterForReflection
    public record StepBody(
            String step,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String name,
            boolean reached) {
        static StepBody of(Step step, boolean reached) {
            return new StepBody(step.kind().label(), step.name(), reached);
        }
    }

    /** The fields of {@link Intervention}. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record InterventionBody(
            Instant at,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String teacher,
            Long recoveryMs) {
        static InterventionBody of(Intervention intervention, History history) {
            return new InterventionBody(
                    intervention.at(),
                    intervention.teacher(),
                    intervention.recovery(history).map(Duration::toMillis).orElse(null));
        }
    }

    /**
     * A build or a run in brief.
     *
     * @param kind {@code build} or {@code run}
     * @param ending {@code ok}, {@code failed}, {@code crashed} or {@code stopped}
     */
    @RegisterForReflection
    public record RecentBody(String kind, String ending) {
        static RecentBody of(Attempt attempt) {
            return new RecentBody(attempt.kind().label(), attempt.ending().label());
        }
    }

    /** The fields of {@link Figures}. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record FiguresBody(
            int builds,
            int failedBuilds,
            int runs,
            int failedRuns,
            Map<String, Integer> crashes,
            int stoppedRuns,
            int timedOutRuns,
            Instant firstActivity,
            Instant lastActivity,
            long activeMs,
            int failureStreak,
            int worstFailureStreak,
            Long medianRepairMs,
            Long longestRepairMs,
            Long medianBuildToRunMs,
            int runsWithoutRebuild,
            Double failurePairRatio,
            List<String> tools,
            RunningBody longestRunning) {

        static FiguresBody of(Figures figures) {
            return new FiguresBody(
                    figures.builds(),
                    figures.failedBuilds(),
                    figures.runs(),
                    figures.failedRuns(),
                    figures.crashes(),
                    figures.stopped(),
                    figures.timeouts(),
                    figures.first().orElse(null),
                    figures.last().orElse(null),
                    figures.active().toMillis(),
                    figures.failureStreak(),
                    figures.worstFailureStreak(),
                    figures.medianRepair().map(Duration::toMillis).orElse(null),
                    figures.longestRepair().map(Duration::toMillis).orElse(null),
                    figures.medianBuildToRun().map(Duration::toMillis).orElse(null),
                    figures.runsWithoutRebuild(),
                    figures.failurePairRatio().isPresent()
                            ? figures.failurePairRatio().getAsDouble()
                            : null,
                    List.copyOf(figures.tools()),
                    figures.longestRunning().map(RunningBody::of).orElse(null));
        }
    }

    /** The fields of {@link RunningProgram}. */
    @RegisterForReflection
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record RunningBody(String target, Instant startedAt, long cpuMs) {
        static RunningBody of(RunningProgram program) {
            return new RunningBody(
                    program.target(), program.startedAt(), program.cpu().toMillis());
        }
    }

    /** The fields of {@link Session}. */
    @RegisterForReflection
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record SessionBody(Instant from, Instant to, int activities) {
        static SessionBody of(Session session) {
            return new SessionBody(session.from(), session.to(), session.attempts());
        }
    }

    /** The fields of {@link Cycle}. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record CycleBody(int failedBuilds, boolean built, int runs, Long repairMs, Long buildToRunMs) {
        static CycleBody of(Cycle cycle) {
            return new CycleBody(
                    cycle.failures().size(),
                    cycle.success().isPresent(),
                    cycle.runs().size(),
                    cycle.repair().map(Duration::toMillis).orElse(null),
                    cycle.buildToRun().map(Duration::toMillis).orElse(null));
        }
    }

    /** The fields of {@link WorkErrors.Current}. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record ErrorBody(String type, String message, String place, Instant since, int activities) {
        static ErrorBody of(WorkErrors.Current error) {
            return new ErrorBody(
                    error.type(),
                    error.message().orElse(null),
                    error.place().orElse(null),
                    error.since(),
                    error.attempts());
        }
    }

    /** The fields of {@link WorkErrors}. They describe the log, not the student. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record MeasuresBody(Double errorQuotient, Double repeatedErrorDensity) {
        static MeasuresBody of(WorkErrors errors) {
            OptionalDouble density = errors.repeatedErrorDensity();
            if (density.isEmpty()) {
                return null;
            }
            OptionalDouble quotient = errors.errorQuotient();
            return new MeasuresBody(quotient.isPresent() ? quotient.getAsDouble() : null, density.getAsDouble());
        }
    }

    /** The fields of {@link Finding}. */
    @RegisterForReflection
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record FindingBody(
            Instant from,
            Instant to,
            int activities,
            boolean ongoing,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String reason) {
        static FindingBody of(Finding finding) {
            return new FindingBody(
                    finding.from(), finding.to(), finding.attempts(), finding.ongoing(), finding.reason());
        }
    }
}
