package io.procmon.classroom.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.classroom.course.Milestone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepairsTest {

    private static final Duration IDLE = Duration.ofMinutes(30);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # story, a teacher was there, repaired at each step, not repaired
        0:00 build ok                                                                    |      |                       |
        0:00 build failed; 4:00 build ok                                                 |      | built 241 s           |
        0:00 build failed; 1:00 build failed                                             |      |                       | built 2 in 61 s
        0:00 build failed; 4:00 build ok; 5:00 build failed; 6:00 build ok               |      | built 241 s, ran 61 s |
        0:00 build ok; 1:00 build failed; 2:00 build ok; 3:00 build failed; 9:00 build ok|      | ran 361 s             |
        0:00 build ok; 1:00 run ok; 2:00 build failed                                    |      |                       | list 1 in 1 s
        0:00 build ok; 1:00 run ok; 2:00 compile ok of=list.c; 3:00 build failed; 4:00 build ok |  | done 61 s          |
        # the step is that of the first failure
        0:00 build failed; 1:00 run ok; 2:00 build failed                                |      |                       | built 2 in 121 s
        # a night is no time of work
        0:00 build failed; 1:00 build failed; 500:00 build failed; 501:00 build ok       |      | built 122 s           |
        # a build that was stopped gave no result
        0:00 build failed; 1:00 build SIGINT; 2:00 build failed                          |      |                       | built 2 in 121 s
        # a teacher was there
        0:00 build failed; 1:00 build failed                                             | 2:00 |                       |
        0:00 build failed; 1:00 build failed; 3:00 build failed                          | 2:00 |                       | built 1 in 1 s
        """)
    void repairs_areAtTheStepOfTheirFirstFailure(String story, String helped, String repaired, String open) {
        History history = History.of(Story.of(story));

        Repairs repairs = Repairs.of(
                history,
                Required.of(
                        Story.at("900:00"),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new Milestone("list", new Milestone.Built("list.c")))),
                Optional.ofNullable(helped).map(Story::at),
                IDLE);

        assertThat(repairs.longest().entrySet().stream()
                        .map(it -> "%s %d s".formatted(name(it), it.getValue().toSeconds()))
                        .sorted()
                        .collect(Collectors.joining(", ")))
                .isEqualTo(repaired == null ? "" : repaired);
        assertThat(repairs.open()
                        .map(it -> "%s %d in %d s"
                                .formatted(
                                        name(Map.entry(it.step(), "")),
                                        it.builds(),
                                        it.time().toSeconds())))
                .isEqualTo(Optional.ofNullable(open));
    }

    private static String name(Map.Entry<Step, ?> step) {
        return step.getKey().name().isEmpty()
                ? step.getKey().kind().label()
                : step.getKey().name();
    }
}
