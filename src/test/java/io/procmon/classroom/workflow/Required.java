package io.procmon.classroom.workflow;

import io.procmon.classroom.course.HomeworkRequirements;
import io.procmon.classroom.course.Milestone;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The requirements of a homework, from the few words of a test case. */
final class Required {

    private Required() {}

    static Optional<HomeworkRequirements> due(Instant due) {
        return of(due, List.of(), List.of(), List.of());
    }

    static Optional<HomeworkRequirements> of(
            Instant due, List<String> sources, List<String> outputs, List<HomeworkRequirements.MustRun> mustRun) {
        return of(due, sources, outputs, mustRun, List.of());
    }

    static Optional<HomeworkRequirements> of(
            Instant due,
            List<String> sources,
            List<String> outputs,
            List<HomeworkRequirements.MustRun> mustRun,
            List<Milestone> milestones) {
        return Optional.of(new HomeworkRequirements(
                Pattern.compile("hw1"),
                Optional.empty(),
                Optional.of(due),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                sources,
                outputs,
                mustRun,
                Optional.empty(),
                OptionalLong.empty(),
                List.of(),
                List.of(),
                milestones));
    }
}
