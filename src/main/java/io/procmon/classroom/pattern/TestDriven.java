package io.procmon.classroom.pattern;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Finding;
import io.procmon.classroom.workflow.Pattern;
import io.procmon.classroom.workflow.PatternContext;
import java.util.List;

/**
 * Tests come first and are run often: the first run of all is one of tests, it fails, and at least a share of all runs are
 * of tests. Beck (Test-Driven Development by Example, 2003) wants a failing test before the code; whether a test was written
 * before what it tests cannot be seen from here, so this is the adherence that Buffardi and Edwards look for (Exploring
 * influences on student adherence to test-driven development, ITiCSE 2012), and less.
 *
 * @param tests how many runs of tests, at least
 * @param percent of all runs, at least
 */
public record TestDriven(int tests, int percent) implements Pattern {

    @Override
    public String name() {
        return "test-driven";
    }

    @Override
    public List<Finding> findIn(PatternContext context) {
        List<Attempt> runs = context.history().runs();
        List<Attempt> tested = runs.stream().filter(Attempt::test).toList();
        boolean found = tested.size() >= tests
                && 100 * tested.size() >= percent * runs.size()
                && runs.getFirst().test()
                && !runs.getFirst().status().isSuccess();
        return found
                ? List.of(new Finding(
                        tested.getFirst().startedAt(), tested.getLast().endedAt(), tested.size(), true))
                : List.of();
    }
}
