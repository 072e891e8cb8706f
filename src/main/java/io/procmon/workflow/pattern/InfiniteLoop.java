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
 * A program that somebody had to stop after it had computed for long, or that is still running after a long time. One that
 * was stopped while it waited, such as a server, has used no processor time and is none. Of one that still runs only the age
 * is known: it may be waiting for its input.
 *
 * @param cpu processor time of a run that was stopped, at least
 * @param age how long one that still runs has been running, at least
 */
public record InfiniteLoop(Duration cpu, Duration age) implements Pattern {

    @Override
    public String name() {
        return "infinite-loop";
    }

    @Override
    public List<Finding> findIn(Scene scene) {
        Stream<Finding> stopped = scene.history().runs().stream()
                .filter(this::wasStopped)
                .map(run -> new Finding(run.startedAt(), run.endedAt(), 1, false));
        Stream<Finding> running = scene.running().stream()
                .filter(program -> program.age(scene.now()).compareTo(age) >= 0)
                .map(program -> new Finding(program.startedAt(), scene.now(), 1, true));
        return Stream.concat(stopped, running)
                .sorted(Comparator.comparing(Finding::from))
                .toList();
    }

    private boolean wasStopped(Attempt run) {
        return run.ending() == Ending.STOPPED && run.cpu().compareTo(cpu) >= 0;
    }
}
