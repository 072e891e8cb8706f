package io.procmon.classroom.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.classroom.course.HomeworkRequirements;
import io.procmon.classroom.course.HomeworkRequirements.MustRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StateTest {

    private static final Optional<HomeworkRequirements> REQUIRED = Required.of(
            Story.at("100:00"), List.of("main.c", "list.c"), List.of("main"), List.of(new MustRun("main", 0)));

    static Stream<Arguments> states() {
        return Tables.rows("states.txt");
    }

    @ParameterizedTest
    @MethodSource("states")
    void state_isWhereTheStoryHasCome(String story, String now, String unchecked, String checked) {
        History history = History.of(Story.of(story));

        assertThat(State.of(new PatternContext(history, List.of(), Optional.empty(), Story.at(now)))
                        .label())
                .isEqualTo(unchecked);
        assertThat(State.of(new PatternContext(history, List.of(), REQUIRED, Story.at(now)))
                        .label())
                .isEqualTo(checked);
    }

    @Test
    void whoseFirstProgramRuns_isWorking() {
        RunningProgram first = new RunningProgram("main.py", Story.at("0:00"), Duration.ZERO);

        assertThat(State.of(
                        new PatternContext(History.of(List.of()), List.of(first), Optional.empty(), Story.at("1:00"))))
                .isEqualTo(State.WORKING);
    }

    /** A student decides about the last state; no history shows it. */
    @Test
    void everyState_hasAnExample() {
        assertThat(states().flatMap(row -> Stream.of(row.get()[2], row.get()[3]))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(Stream.of(State.values())
                        .filter(state -> state != State.OPTED_OUT)
                        .map(State::label)
                        .toList());
    }
}
