package io.procmon.classroom.pattern;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Finding;
import io.procmon.classroom.workflow.Pattern;
import io.procmon.classroom.workflow.PatternContext;
import io.procmon.classroom.workflow.Streak;
import java.time.Duration;
import java.util.List;

/**
 * Many builds in a row have failed over a long time, so the student may need help. The pattern approximates the
 * "stopper" of Perkins et al. (Conditions of learning in novice programmers, 1986), as far as builds show it. Jadud
 * uses repeated failures as a sign of trouble (Methods and tools for exploring novice compilation behaviour, ICER
 * 2006).
 *
 * @param builds the least number of failures in a row
 * @param time the least time from the beginning of the first failure to the end of the last, without pauses
 * @param idle the shortest time between two failures that is a pause
 */
public record Stuck(int builds, Duration time, Duration idle) implements Pattern {

    @Override
    public String name() {
        return "stuck";
    }

    @Override
    public List<Finding> findIn(PatternContext context) {
        return Streak.in(context.history().builds(), Attempt::isFailedBuild, Attempt::isGoodBuild).stream()
                .filter(streak ->
                        streak.length() >= builds && streak.activeTime(idle).compareTo(time) >= 0)
                .map(streak -> streak.finding().because(reason(streak)))
                .toList();
    }

    private String reason(Streak streak) {
        String what = "%d builds failed in %d minutes"
                .formatted(streak.length(), streak.activeTime(idle).toMinutes());
        return SameErrorAgain.mostCommon(streak)
                .map(type -> what
                        + "; %d of them with %s"
                                .formatted(
                                        streak.attempts().stream()
                                                .filter(it -> it.errorTypes().contains(type))
                                                .count(),
                                        type))
                .orElse(what);
    }
}
