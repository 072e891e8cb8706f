package io.procmon.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.logbook.ClassRegister;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PatternsTest {

    private static final Analysis ANALYSIS =
            ClassRegister.analysis(Classroom.config(Map.of()).workflow());

    static Stream<Arguments> patterns() {
        return Tables.rows("patterns.txt");
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void pattern_isFoundWhereItsDefinitionSays(String pattern, String story, String expected) {
        assertThat(found(pattern, story, List.of())).isEqualTo(expected);
    }

    @Test
    void everyPattern_hasExamplesForAndAgainst() {
        List<String> names = ANALYSIS.patterns().stream().map(Pattern::name).toList();

        assertThat(patterns().map(row -> row.get()[0]).distinct()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(names)
                .allSatisfy(name -> assertThat(patterns()
                                .filter(row -> row.get()[0].equals(name))
                                .map(row -> row.get()[2].equals("-"))
                                .distinct())
                        .containsExactlyInAnyOrder(true, false));
    }

    @Test
    void programThatRunsForLong_isAnInfiniteLoop_asLongAsItRuns() {
        RunningProgram quick = new RunningProgram("main", Story.at("2871:00"));
        RunningProgram slow = new RunningProgram("main", Story.at("2869:00"));

        assertThat(found("infinite-loop", "", List.of(quick))).isEqualTo("-");
        assertThat(found("infinite-loop", "", List.of(quick, slow))).isEqualTo("2869:00-2880:00 1 on");
    }

    @Test
    void withoutADueTime_nobodyStartsLate() {
        Scene scene = new Scene(History.of(Story.of("0:00 build ok")), List.of(), Optional.empty(), Story.at("1:00"));

        assertThat(pattern("late-start").findIn(scene)).isEmpty();
    }

    private static String found(String pattern, String story, List<RunningProgram> running) {
        Scene scene = new Scene(
                History.of(Story.of(story)),
                running,
                Required.due(Story.BEGIN.plus(Duration.ofDays(2))),
                Story.at("2880:00"));
        List<Finding> findings = pattern(pattern).findIn(scene);
        return findings.isEmpty()
                ? "-"
                : findings.stream()
                        .map(it -> "%s-%s %d%s"
                                .formatted(
                                        Story.time(it.from()),
                                        Story.time(it.to()),
                                        it.attempts(),
                                        it.ongoing() ? " on" : ""))
                        .collect(Collectors.joining(", "));
    }

    private static Pattern pattern(String name) {
        return ANALYSIS.patterns().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
