package io.procmon.workflow.pattern;

import io.procmon.workflow.Attempt;
import io.procmon.workflow.Ending;
import io.procmon.workflow.Finding;
import io.procmon.workflow.Pattern;
import io.procmon.workflow.Scene;
import io.procmon.workflow.Streak;
import java.util.List;

/**
 * Run after run crashes, with or without builds between them, and none ends by itself.
 *
 * @param runs how many crashes in a row, at least
 */
public record CrashLoop(int runs) implements Pattern {

    @Override
    public String name() {
        return "crash-loop";
    }

    @Override
    public List<Finding> findIn(Scene scene) {
        return Streak.in(scene.history().runs(), run -> run.ending() == Ending.CRASHED, CrashLoop::endsByItself)
                .stream()
                .filter(streak -> streak.length() >= runs)
                .map(Streak::finding)
                .toList();
    }

    private static boolean endsByItself(Attempt run) {
        return run.ending() == Ending.OK || run.ending() == Ending.FAILED;
    }
}
