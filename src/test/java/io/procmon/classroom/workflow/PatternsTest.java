package io.procmon.classroom.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.classroom.logbook.ClassRegister;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
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
    void programThatComputesForLong_isAnInfiniteLoop_asLongAsItRuns() {
        RunningProgram waits = new RunningProgram("server", Story.at("0:00"), Duration.ofMinutes(9));
        RunningProgram spins = new RunningProgram("main", Story.at("2869:00"), Duration.ofMinutes(10));

        assertThat(found("infinite-loop", "", List.of(waits))).isEqualTo("-");
        assertThat(found("infinite-loop", "", List.of(waits, spins))).isEqualTo("2869:00-2880:00 1 on");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            stuck-builds             | 2     | stuck             | 0:00 build failed; 12:00 build failed
            stuck-time               | 1m    | stuck             | 0:00 build failed; 0:20 build failed; 0:40 build failed; 1:00 build failed; 1:10 build failed
            crash-loop-runs          | 2     | crash-loop        | 0:00 run SIGSEGV; 1:00 run SIGSEGV
            infinite-loop-stopped    | 2s    | infinite-loop     | 0:00 run SIGINT cpu=3
            test-driven-runs         | 2     | test-driven       | 0:00 test failed; 1:00 test ok
            test-driven-share        | 40    | test-driven       | 0:00 test failed; 1:00 test ok; 2:00 test ok; 3:00 test ok; 4:00 test ok; 5:00 run ok; 6:00 run ok; 7:00 run ok; 8:00 run ok; 9:00 run ok; 10:00 run ok
            build-without-run-builds | 2     | build-without-run | 0:00 build ok; 1:00 build ok
            paste-bytes              | 300   | paste-and-submit  | 0:00 build ok bytes=300
            paste-time               | 2m    | paste-and-submit  | 0:00 run failed; 1:30 build ok bytes=5000
            late-start-time          | 1000D | late-start        | 0:00 build ok
            """)
    void threshold_isConfigured(String key, String value, String pattern, String story) {
        Analysis other = ClassRegister.analysis(
                Classroom.config(Map.of("procmon.workflow." + key, value)).workflow());

        assertThat(found(ANALYSIS, pattern, story, List.of())).isEqualTo("-");
        assertThat(found(other, pattern, story, List.of())).isNotEqualTo("-");
    }

    @Test
    void thresholdOfWhatStillRuns_isConfigured() {
        Analysis other = ClassRegister.analysis(Classroom.config(Map.of("procmon.workflow.infinite-loop-running", "1m"))
                .workflow());
        List<RunningProgram> running = List.of(new RunningProgram("main", Story.at("2870:00"), Duration.ofSeconds(61)));

        assertThat(found(ANALYSIS, "infinite-loop", "", running)).isEqualTo("-");
        assertThat(found(other, "infinite-loop", "", running)).isEqualTo("2870:00-2880:00 1 on");
    }

    @Test
    void withoutADueTime_nobodyStartsLate() {
        PatternContext context = new PatternContext(
                History.of(Story.of("0:00 build ok")), List.of(), Optional.empty(), Story.at("1:00"));

        assertThat(pattern(ANALYSIS, "late-start").findIn(context)).isEmpty();
    }

    private static String found(String pattern, String story, List<RunningProgram> running) {
        return found(ANALYSIS, pattern, story, running);
    }

    private static String found(Analysis analysis, String pattern, String story, List<RunningProgram> running) {
        PatternContext context = new PatternContext(
                History.of(Story.of(story)),
                running,
                Required.due(Story.BEGIN.plus(Duration.ofDays(2))),
                Story.at("2880:00"));
        List<Finding> findings = pattern(analysis, pattern).findIn(context);
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

    private static Pattern pattern(Analysis analysis, String name) {
        return analysis.patterns().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
