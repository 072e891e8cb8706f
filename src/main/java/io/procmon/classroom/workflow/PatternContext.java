package io.procmon.classroom.workflow;

import io.procmon.classroom.course.HomeworkRequirements;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a pattern may look at.
 *
 * @param history what the student has done
 * @param running what runs now
 * @param required what the homework requires; empty if nobody has said
 * @param now the time
 */
public record PatternContext(
        History history, List<RunningProgram> running, Optional<HomeworkRequirements> required, Instant now) {}
