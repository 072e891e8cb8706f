package io.procmon.classroom.pattern;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Finding;
import io.procmon.classroom.workflow.Pattern;
import io.procmon.classroom.workflow.PatternContext;
import io.procmon.classroom.workflow.Streak;
import java.time.Duration;
import java.util.List;

/**
 * So many builds have failed in a row, over so long a time, that help is due. The "stopper" of Perkins et al. (Conditions of
 * learning in novice programmers, 1986), as far as it shows in builds; that failures in a row tell of trouble is what Jadud's
 * work rests on (Methods and tools for exploring novice compilation behaviour, ICER 2006).
 *
 * @param builds how many failures in a row, at least
 * @param time from the beginning of the first to the end of the last of them, at least
 */
public record Stuck(int builds, Duration time) implements Pattern {

    @Override
    public String name() {
        return "stuck";
    }

    @Override
    public List<Finding> findIn(PatternContext context) {
        return Streak.in(context.history().builds(), Attempt::isFailedBuild, Attempt::isGoodBuild).stream()
                .filter(streak -> streak.length() >= builds && streak.duration().compareTo(time) >= 0)
                .map(streak -> streak.finding().because(reason(streak)))
                .toList();
    }

    private static String reason(Streak streak) {
        String what = "%d builds failed in %d minutes"
                .formatted(streak.length(), streak.duration().toMinutes());
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
