package io.procmon.classroom.pattern;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Ending;
import io.procmon.classroom.workflow.Finding;
import io.procmon.classroom.workflow.Pattern;
import io.procmon.classroom.workflow.PatternContext;
import io.procmon.classroom.workflow.Streak;
import java.util.List;

/**
 * Several runs in a row crash, with or without builds between them, and none exits by itself.
 *
 * @param runs the least number of crashes in a row
 */
public record CrashLoop(int runs) implements Pattern {

    @Override
    public String name() {
        return "crash-loop";
    }

    @Override
    public List<Finding> findIn(PatternContext context) {
        return Streak.in(context.history().runs(), run -> run.ending() == Ending.CRASHED, CrashLoop::endsByItself)
                .stream()
                .filter(streak -> streak.length() >= runs)
                .map(Streak::finding)
                .toList();
    }

    private static boolean endsByItself(Attempt run) {
        return run.ending() == Ending.OK || run.ending() == Ending.FAILED;
    }
}
