package io.procmon.workflow.pattern;

import io.procmon.workflow.Attempt;
import io.procmon.workflow.Finding;
import io.procmon.workflow.Pattern;
import io.procmon.workflow.Scene;
import io.procmon.workflow.Streak;
import java.util.List;

/**
 * A program is built again and again, and never run: the compiler is asked whether it is right. Builds that fail do not
 * count, since there is nothing to run, nor do those that make no program.
 *
 * @param builds how many good builds in a row, at least
 */
public record BuildWithoutRun(int builds) implements Pattern {

    @Override
    public String name() {
        return "build-without-run";
    }

    @Override
    public List<Finding> findIn(Scene scene) {
        return Streak.in(
                        scene.history().attempts(),
                        attempt -> attempt.isGoodBuild() && attempt.program(),
                        Attempt::isRun)
                .stream()
                .filter(streak -> streak.length() >= builds)
                .map(Streak::finding)
                .toList();
    }
}
