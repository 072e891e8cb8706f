package io.procmon.classroom.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.process.Student;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The effects of a teacher's intervention. */
class InterventionTest {

    private static final Analysis ANALYSIS =
            ClassRegister.analysis(Classroom.config(Map.of()).workflow());
    private static final Work WORK = new Work(new Student("os", "1", "7"), "hw1");
    private static final String CRASHES = "0:00 run SIGSEGV; 1:00 run SIGSEGV; 2:00 run SIGSEGV";

    /** An attempt takes a second. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0:00 build failed                                                | 1:00 |
        0:00 build failed; 2:00 build ok                                 | 1:00 | 61
        0:00 build failed; 2:00 build failed; 5:00 build ok; 6:00 build ok | 1:00 | 241
        0:00 build failed; 2:00 run ok; 3:00 build ok                    | 1:00 | 121
        0:00 run SIGSEGV; 2:00 build ok; 3:00 run SIGSEGV; 4:00 run ok   | 1:00 | 181
        0:00 build ok; 2:00 run ok                                       | 1:00 | 61
        2:00 build ok                                                    | 1:00 | 61
        0:00 run SIGINT for=90; 3:00 run ok                              | 1:00 | 121
        0:00 build failed; 0:30 build ok                                 | 1:00 |
        0:00 build failed; 0:50 build ok for=20                          | 1:00 | 10
        """)
    void recovery_endsWithTheFirstSuccessOfTheKindThatFailed(String story, String at, Long seconds) {
        List<Attempt> attempts = Story.of(story);
        Collections.reverse(attempts);

        assertThat(intervention(at).recovery(History.of(attempts)))
                .isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        nobodyWasThere    |                                                              |             |
        afterTheLast      |                                                              | 3:00        | crash-loop
        oneMoreIsNoLoop   | 4:00 run SIGSEGV                                             | 3:00        | crash-loop
        asManyAgain       | 4:00 run SIGSEGV; 5:00 run SIGSEGV; 6:00 run SIGSEGV         | 3:00        |
        thereOnceMore     | 4:00 run SIGSEGV; 5:00 run SIGSEGV; 6:00 run SIGSEGV         | 3:00 7:00   | crash-loop
        inAnyOrder        | 4:00 run SIGSEGV; 5:00 run SIGSEGV; 6:00 run SIGSEGV         | 7:00 3:00   | crash-loop
        beforeTheLast     |                                                              | 1:30        | crash-loop
        itIsOver          | 4:00 run ok                                                  | 3:00        |
        """)
    void pattern_isAnswered_untilWhatFollowsShowsItAgain(String name, String more, String times, String answered) {
        String story = more == null ? CRASHES : CRASHES + "; " + more;
        List<Intervention> interventions = times == null
                ? List.of()
                : Stream.of(times.split(" +", -1))
                        .map(InterventionTest::intervention)
                        .toList();

        WorkSummary summary = ANALYSIS.of(WORK, context(story, List.of()), interventions);

        assertThat(summary.answered()).isEqualTo(answered == null ? List.of() : Arrays.asList(answered));
        assertThat(summary.interventions()).isSortedAccordingTo(Intervention.BY_TIME);
    }

    @Test
    void programThatRan_isAnswered_andTheNextOneIsNot() {
        RunningProgram before = new RunningProgram("main", Story.at("0:00"), Duration.ofHours(1));
        RunningProgram after = new RunningProgram("main", Story.at("4:00"), Duration.ofHours(1));

        assertThat(ANALYSIS.of(WORK, context("", List.of(before)), List.of(intervention("3:00")))
                        .answered())
                .containsExactly("infinite-loop");
        assertThat(ANALYSIS.of(WORK, context("", List.of(after)), List.of(intervention("3:00")))
                        .answered())
                .isEmpty();
    }

    private static PatternContext context(String story, List<RunningProgram> running) {
        return new PatternContext(History.of(Story.of(story)), running, Optional.empty(), Story.at("10:00"));
    }

    private static Intervention intervention(String at) {
        return new Intervention(UUID.nameUUIDFromBytes(at.getBytes(UTF_8)), Story.at(at), "Kim");
    }
}
