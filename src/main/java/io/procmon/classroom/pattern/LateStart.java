package io.procmon.classroom.pattern;

import io.procmon.classroom.course.HomeworkRequirements;
import io.procmon.classroom.workflow.Finding;
import io.procmon.classroom.workflow.Pattern;
import io.procmon.classroom.workflow.PatternContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The first activity is shortly before the due time, or after it. Students who began more than a day before the due
 * time had better results than when the same students began later (Edwards et al., Comparing effective and ineffective
 * behaviors of student programmers, ICER 2009). A homework without a due time has no late start.
 *
 * @param time the time before the homework is due
 */
public record LateStart(Duration time) implements Pattern {

    @Override
    public String name() {
        return "late-start";
    }

    @Override
    public List<Finding> findIn(PatternContext context) {
        return context.required().flatMap(HomeworkRequirements::due).stream()
                .flatMap(due -> context.history().first().stream().filter(first -> isLate(first, due)))
                .map(first -> new Finding(first, first, true))
                .toList();
    }

    private boolean isLate(Instant first, Instant due) {
        return first.isAfter(due.minus(time));
    }
}
