package io.procmon.classroom.workflow;

import io.procmon.classroom.course.HomeworkRequirements;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The input of a pattern.
 *
 * @param history the student's attempts
 * @param running the programs that run now
 * @param required the requirements of the homework; empty if it has none
 * @param now the current time
 */
public record PatternContext(
        History history, List<RunningProgram> running, Optional<HomeworkRequirements> required, Instant now) {

    /** The same with only what began after a point in time. */
    PatternContext after(Instant time) {
        return new PatternContext(
                history.after(time),
                running.stream()
                        .filter(program -> program.startedAt().isAfter(time))
                        .toList(),
                required,
                now);
    }
}
