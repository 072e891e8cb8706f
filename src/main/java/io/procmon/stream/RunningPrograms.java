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
 * The programs of students that run now, with their CPU time. A check reads one small file for each program. Between
 * two checks, callers get the last values, so a call is cheap. One thread checks; any thread may read.
 */
final class RunningPrograms {

    private final RunningImages images;
    private final Function<Started, Work> works;
    private final Function<Started, UnaryOperator<String>> names;
    private volatile Map<ImageKey, Duration> seen = Map.of();

    /**
     * @param works gives the student and homework of an activity, as reports name them
     * @param names cleans file names for reports
     */
    RunningPrograms(
            RunningImages images, Function<Started, Work> works, Function<Started, UnaryOperator<String>> names) {
        this.names = names;
        this.images = images;
        this.works = works;
    }

    /** Reads the CPU time of each running program. */
    void look() {
        Map<ImageKey, Duration> now = new HashMap<>();
        for (RunningActivity program : programs()) {
            ProcessTimes.cpu(program.computing()).ifPresent(cpu -> now.put(program.computing(), cpu));
        }
        seen = now;
    }

    /** The running programs by student and homework. */
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
