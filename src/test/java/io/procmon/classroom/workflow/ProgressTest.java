package io.procmon.classroom.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.classroom.course.HomeworkRequirements;
import io.procmon.classroom.course.HomeworkRequirements.MustRun;
import io.procmon.classroom.course.Milestone;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {

    private static final Optional<HomeworkRequirements> REQUIRED = Required.of(
            Story.at("100:00"),
            List.of("main.c", "list.c"),
            List.of("main"),
            List.of(new MustRun("main", 0)),
            List.of(
                    new Milestone("list", new Milestone.Built("list.c")),
                    new Milestone("test", new Milestone.Ran("test", 0)),
                    new Milestone("refusal", new Milestone.Ran("main", 1))));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                                                         |
        0:00 build failed                                                | working
        0:00 build ok of=main.c                                          | working, built, source main.c
        0:00 build ok of=main.c; 1:00 run failed                         | working, built, refusal, source main.c
        0:00 build ok of=main.c; 1:00 run failed; 2:00 run ok            | working, built, ran, refusal, source main.c, exit status 0 of main
        0:00 compile ok of=list.c; 1:00 compile failed of=list.c         | working, list, source list.c
        0:00 run ok of=test                                              | working, ran, test
        0:00 run SIGHUP of=main                                          | working
        0:00 compile ok of=list.c; 1:00 build ok of=main.c makes=main; 2:00 run ok                     | working, built, ran, list, source main.c, source list.c, output main, exit status 0 of main, done
        0:00 compile ok of=list.c; 1:00 build ok of=main.c makes=main; 2:00 run ok; 3:00 run SIGSEGV   | working, built, ran, list, source main.c, source list.c, output main
        # too late for the requirements, but not for a milestone
        101:00 compile ok of=list.c                                      | working, list
        """)
    void progress_isTheStepsThatAreReached(String story, String expected) {
        History history = History.of(Story.of(story == null ? "" : story));

        Progress progress = Progress.of(new PatternContext(history, List.of(), REQUIRED, Story.at("99:00")));

        assertThat(progress.reached().entrySet().stream()
                        .filter(Map.Entry::getValue)
                        .map(step -> step.getKey().name().isEmpty()
                                ? step.getKey().kind().label()
                                : step.getKey().name())
                        .collect(Collectors.joining(", ")))
                .isEqualTo(expected == null ? "" : expected);
    }

    @Property
    void requirementsAreMet_whenTheStateSaysSo(@ForAll("histories") List<Attempt> attempts) {
        PatternContext context =
                new PatternContext(History.of(attempts), List.of(), Required.due(Story.at("300:00")), Story.at("0:00"));

        assertThat(Progress.of(context).reached().get(Step.of(Step.Kind.DONE)))
                .isEqualTo(State.of(context) == State.REQUIREMENTS_MET);
    }

    @Provide
    Arbitrary<List<Attempt>> histories() {
        return Stories.attempts().list().ofMaxSize(8);
    }
}
