package io.procmon.classroom.pattern;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Finding;
import io.procmon.classroom.workflow.Pattern;
import io.procmon.classroom.workflow.PatternContext;
import java.util.List;

/**
 * Tests come first and are run often: the first run executes tests and fails, and tests are at least a given share of
 * all runs. Beck (Test-Driven Development by Example, 2003) requires a failing test before the code. procmon cannot see
 * whether a test was written before the code that it tests. So the pattern shows less than the adherence of Buffardi
 * and Edwards (Exploring influences on student adherence to test-driven development, ITiCSE 2012).
 *
 * @param tests the least number of runs of tests
 * @param percent the least share of all runs, in percent
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
                        tested.stream().map(Attempt::startedAt).toList(),
                        tested.getLast().endedAt(),
                        true))
                : List.of();
    }
}
