package io.procmon.stream;

import io.procmon.classroom.workflow.RunningProgram;
import io.procmon.classroom.workflow.Work;
import io.procmon.events.ImageKey;
import io.procmon.events.Started;
import io.procmon.join.RunningActivity;
import io.procmon.join.RunningImages;
import io.procmon.parser.Command;
import io.procmon.procfs.ProcessTimes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What students run now, and how much it has computed. A look reads one small file for each program that runs; whoever
 * asks between two looks gets what was seen at the last, so that asking costs nothing. One thread looks, any asks.
 */
final class RunningPrograms {

    private final RunningImages images;
    private final Function<Started, Work> works;
    private final Function<Started, UnaryOperator<String>> names;
    private volatile Map<ImageKey, Duration> seen = Map.of();

    /**
     * @param works whose an activity is, and on what, as others are told
     * @param names what others are told of its files' names
     */
    RunningPrograms(
            RunningImages images, Function<Started, Work> works, Function<Started, UnaryOperator<String>> names) {
        this.names = names;
        this.images = images;
        this.works = works;
    }

    /** Looks how much each has computed by now. */
    void look() {
        Map<ImageKey, Duration> now = new HashMap<>();
        for (RunningActivity program : programs()) {
            ProcessTimes.cpu(program.computing()).ifPresent(cpu -> now.put(program.computing(), cpu));
        }
        seen = now;
    }

    /** By student and homework. */
    Map<Work, List<RunningProgram>> byWork() {
        Map<ImageKey, Duration> cpu = seen;
        return programs().stream()
                .collect(Collectors.groupingBy(
                        program -> works.apply(program.started()),
                        Collectors.mapping(
                                program -> Attempts.running(
                                                program.started(), cpu.getOrDefault(program.computing(), Duration.ZERO))
                                        .renamed(names.apply(program.started())),
                                Collectors.toUnmodifiableList())));
    }

    private List<RunningActivity> programs() {
        return images.running().stream()
                .filter(activity -> activity.started().command() instanceof Command.Run)
                .toList();
    }
}
