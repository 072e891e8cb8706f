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
 * A program that somebody had to stop after it had computed for long, or that has computed for much longer and still runs.
 * It is processor time that counts, of all threads: what waits, for input, a lock or the network, has used none, however
 * long it has been there. Of a program that still runs nobody knows whether it would have come to its end, so that much
 * more is asked of it.
 *
 * @param stopped processor time of a run that was stopped, at least
 * @param running processor time of one that still runs, at least
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
                .map(run -> new Finding(run.startedAt(), run.endedAt(), 1, false));
        Stream<Finding> underWay = context.running().stream()
                .filter(program -> program.cpu().compareTo(running) >= 0)
                .map(program -> new Finding(program.startedAt(), context.now(), 1, true));
        return Stream.concat(ended, underWay)
                .sorted(Comparator.comparing(Finding::from))
                .toList();
    }

    private boolean wasStopped(Attempt run) {
        return run.ending() == Ending.STOPPED && run.execution().cpu().compareTo(stopped) >= 0;
    }
}
