package io.procmon.classroom.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FiguresTest {

    private static final Duration IDLE = Duration.ofMinutes(30);

    static Stream<Arguments> figures() {
        return Tables.rows("figures.txt");
    }

    @ParameterizedTest
    @MethodSource("figures")
    void figure_isAsTheStoryHasIt(String story, String expected) {
        History history = History.of(Story.of(story));
        Figures figures = figures(history, List.of());

        for (String figure : expected.split(" ", -1)) {
            String name = figure.substring(0, figure.indexOf('='));
            assertThat(value(name, history, figures)).as(name).isEqualTo(figure.substring(name.length() + 1));
        }
    }

    @Test
    void longestRunning_isTheProgramThatBeganFirst() {
        List<RunningProgram> running = List.of(
                new RunningProgram("b", Story.at("2:00"), Duration.ZERO),
                new RunningProgram("a", Story.at("1:00"), Duration.ZERO),
                new RunningProgram("c", Story.at("3:00"), Duration.ZERO));

        assertThat(figures(History.of(List.of()), running).longestRunning())
                .map(RunningProgram::target)
                .contains("a");
    }

    private static Figures figures(History history, List<RunningProgram> running) {
        return Figures.of(history, history.sessions(IDLE), history.cycles(), running);
    }

    private static String value(String name, History history, Figures figures) {
        return switch (name) {
            case "sessions" -> text(history.sessions(IDLE).size());
            case "cycles" -> text(history.cycles().size());
            case "builds" -> text(figures.builds());
            case "failedBuilds" -> text(figures.failedBuilds());
            case "runs" -> text(figures.runs());
            case "failedRuns" -> text(figures.failedRuns());
            case "crashes" -> text(figures.crashes());
            case "stopped" -> text(figures.stopped());
            case "timeouts" -> text(figures.timeouts());
            case "active" -> text(figures.active());
            case "failureStreak" -> text(figures.failureStreak());
            case "worstFailureStreak" -> text(figures.worstFailureStreak());
            case "medianRepair" -> text(figures.medianRepair());
            case "longestRepair" -> text(figures.longestRepair());
            case "medianBuildToRun" -> text(figures.medianBuildToRun());
            case "runsWithoutRebuild" -> text(figures.runsWithoutRebuild());
            case "failurePairRatio" -> text(figures.failurePairRatio());
            case "tools" -> text(figures.tools());
            case "first" -> text(figures.first());
            case "last" -> text(figures.last());
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static String text(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.map(FiguresTest::text).orElse("-");
            case OptionalDouble number -> number.isPresent() ? text(number.getAsDouble()) : "-";
            case Duration duration -> text(duration.toSeconds());
            case Instant time -> Story.time(time);
            default -> value.toString().replace(", ", ",");
        };
    }
}
