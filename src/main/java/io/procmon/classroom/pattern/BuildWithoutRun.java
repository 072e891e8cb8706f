package io.procmon.classroom.pattern;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Finding;
import io.procmon.classroom.workflow.Pattern;
import io.procmon.classroom.workflow.PatternContext;
import io.procmon.classroom.workflow.Streak;
import java.util.List;

/**
 * A program is built again and again, but never run: the student uses only the compiler to check the program. Builds
 * that fail do not count, since there is nothing to run. Builds that make no program do not count either.
 *
 * @param builds the least number of successful builds in a row
 */
public record BuildWithoutRun(int builds) implements Pattern {

    @Override
    public String name() {
        return "build-without-run";
    }

    @Override
    public List<Finding> findIn(PatternContext context) {
        return Streak.in(
                        context.history().attempts(),
                        attempt -> attempt.isGoodBuild() && attempt.files().program(),
                        Attempt::isRun)
                .stream()
                .filter(streak -> streak.length() >= builds)
                .map(Streak::finding)
                .toList();
    }
}
