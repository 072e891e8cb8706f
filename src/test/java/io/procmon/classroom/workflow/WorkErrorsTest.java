package io.procmon.classroom.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.measures.ResolveTimes;
import io.procmon.process.Student;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkErrorsTest {

    private static WorkErrors errors(String story) {
        return WorkErrors.of(History.of(Story.of(story)));
    }

    @Test
    void errorOfTheNewestBuild_isThereSinceTheFirstInARowThatHasIt() {
        WorkErrors errors =
                errors("0:00 build failed says=x; 1:00 build failed says=y; 2:00 build failed says=x says=y;"
                        + " 3:00 build failed says=x");

        assertThat(errors.now())
                .containsExactly(new WorkErrors.Current(
                        "x", Optional.of("about x"), Optional.of("main.c:7"), Story.at("2:00"), 2));
    }

    @Test
    void errorThatIsMended_isNotThereAnyMore() {
        assertThat(errors("0:00 build failed says=x; 1:00 build ok").now()).isEmpty();
        assertThat(errors("0:00 build failed says=x; 1:00 build ok; 2:00 run failed says=y")
                        .now())
                .extracting(WorkErrors.Current::type)
                .containsExactly("y");
    }

    @Test
    void buildThatWasStopped_mendsNothing() {
        assertThat(errors("0:00 build failed says=x; 1:00 build SIGINT").now()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0:00 build failed says=x; 1:00 build failed says=y                            | 0.7272727272727273
                    0:00 build failed says=x; 1:00 build failed says=x                            | 1
                    0:00 build failed says=x; 1:00 build failed says=x; 2:00 build failed says=y  | 0.8636363636363636
                    0:00 build failed says=x; 1:00 build ok; 2:00 build failed says=x             | 0
                    """)
    void errorQuotient_isThatOfThePublishedDefinition(String story, double quotient) {
        assertThat(errors(story).errorQuotient()).hasValue(quotient);
    }

    @Test
    void repeats_areSummedUpByType() {
        assertThat(errors("0:00 build failed says=x; 1:00 build failed says=x; 2:00 build failed says=x")
                        .repeatedErrorDensity())
                .hasValue(4.0 / 3);
    }

    @Test
    void nothingIsMeasured_whereNothingIsKnown() {
        WorkErrors errors = errors("0:00 build failed; 1:00 build failed");

        assertThat(errors.errorQuotient()).isEmpty();
        assertThat(errors.repeatedErrorDensity()).isEmpty();
        assertThat(errors.now()).isEmpty();
    }

    @Test
    void watwin_isThatOfTheClass() {
        History history = History.of(Story.of("0:00 build failed says=x; 1:00 build failed says=x; 2:00 build ok"));
        ResolveTimes times = new ResolveTimes();
        WorkMeasures.addTimes(history, times);
        Work work = new Work(new Student("os", "1", "202012180"), "hw1");

        WorkMeasures measures = WorkMeasures.of(work, history, times);

        assertThat(measures.builds()).isEqualTo(3);
        assertThat(measures.failedBuilds()).isEqualTo(2);
        assertThat(measures.watwin()).hasValue((25.0 / 35 + 15.0 / 35) / 2);
    }

    @Test
    void whoIsStuck_isSoForAReasonInWords() {
        Analysis analysis = ClassRegister.analysis(Classroom.config(Map.of()).workflow());
        List<Attempt> story = Story.of("0:00 build failed says=x; 3:00 build failed says=x; 6:00 build failed says=y;"
                + " 9:00 build failed says=x; 12:00 build failed");
        PatternContext context = new PatternContext(History.of(story), List.of(), Optional.empty(), Story.at("13:00"));

        assertThat(analysis.patterns().stream()
                        .filter(pattern -> pattern.name().equals("stuck"))
                        .flatMap(pattern -> pattern.findIn(context).stream())
                        .map(Finding::reason))
                .containsExactly("5 builds failed in 12 minutes; 3 of them with x");
    }
}
