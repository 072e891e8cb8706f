package io.procmon.workflow.pattern;

import io.procmon.workflow.Attempt;
import io.procmon.workflow.Ending;
import io.procmon.workflow.Finding;
import io.procmon.workflow.Pattern;
import io.procmon.workflow.Scene;
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
    public List<Finding> findIn(Scene scene) {
        Stream<Finding> ended = scene.history().runs().stream()
                .filter(this::wasStopped)
                .map(run -> new Finding(run.startedAt(), run.endedAt(), 1, false));
        Stream<Finding> underWay = scene.running().stream()
                .filter(program -> program.cpu().compareTo(running) >= 0)
                .map(program -> new Finding(program.startedAt(), scene.now(), 1, true));
        return Stream.concat(ended, underWay)
                .sorted(Comparator.comparing(Finding::from))
                .toList();
    }

    private boolean wasStopped(Attempt run) {
        return run.ending() == Ending.STOPPED && run.cpu().compareTo(stopped) >= 0;
    }
}
