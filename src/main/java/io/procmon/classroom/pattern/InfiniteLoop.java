package io.procmon.classroom.pattern;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Ending;
import io.procmon.classroom.workflow.Finding;
import io.procmon.classroom.workflow.Pattern;
import io.procmon.classroom.workflow.PatternContext;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program that used much CPU time and was then stopped, or that has used much more and still runs. The CPU time of
 * all threads counts. Waiting for input, a lock or the network uses none. A program that still runs may yet end by
 * itself, so its limit is higher.
 *
 * @param stopped the least CPU time of a run that was stopped
 * @param running the least CPU time of a run that has not ended
 */
public record InfiniteLoop(Duration stopped, Duration running) implements Pattern {

    @Override
    public String name() {
        return "infinite-loop";
    }

    @Override
    public List<Finding> findIn(PatternContext context) {
        Stream<Finding> ended = context.history().runs().stream()
                .filter(this::wasStopped)
                .map(run -> new Finding(run.startedAt(), run.endedAt(), false));
        Stream<Finding> underWay = context.running().stream()
                .filter(program -> program.cpu().compareTo(running) >= 0)
                .map(program -> new Finding(program.startedAt(), context.now(), true));
        return Stream.concat(ended, underWay)
                .sorted(Comparator.comparing(Finding::from))
                .toList();
    }

    private boolean wasStopped(Attempt run) {
        return run.ending() == Ending.STOPPED && run.execution().cpu().compareTo(stopped) >= 0;
    }
}
