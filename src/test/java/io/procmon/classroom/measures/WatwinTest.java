package io.procmon.classroom.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatwinTest {

    private static final double ROUNDING = 1e-12;

    /** Type t takes the class 10, 20, 20, 20 and 30 seconds: the mean is 20, the standard deviation √40 ≈ 6.3. */
    private static final List<String> CLASS = List.of(
            "a.c 0 t/m/1, a.c 10 ok",
            "a.c 0 t/m/1, a.c 20 ok",
            "a.c 0 t/m/1, a.c 20 ok",
            "a.c 0 t/m/1, a.c 20 ok",
            "a.c 0 t/m/1, a.c 30 ok");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "resolved in the usual time       | a.c 0 t/m/1, a.c 20 ok                   | 15",
                "just within a deviation          | a.c 0 t/m/1, a.c 13.7 ok                 | 15",
                "faster than a deviation          | a.c 0 t/m/1, a.c 13.6 ok                 | 1",
                "slower than a deviation          | a.c 0 t/m/1, a.c 26.4 ok                 | 25",
                "nothing shared                   | a.c 0 t/m/1, a.c 20 u/n/2                | 15",
                "same type                        | a.c 0 t/m/1, a.c 20 t/n/2                | 19",
                "same type and line               | a.c 0 t/m/1, a.c 20 t/n/1                | 21",
                "same line alone                  | a.c 0 t/m/1, a.c 20 u/n/1                | 17",
                "all the same                     | a.c 0 t/m/1, a.c 20 t/m/1                | 25",
                "all the same, and slow           | a.c 0 t/m/1, a.c 99 t/m/1                | 35",
                "a type that nobody else had      | a.c 0 v/m/1, a.c 99 ok                   | 15",
                "a failure without a known error  | a.c 0 failed, a.c 99 failed              | 15",
                "first succeeded: dropped         | a.c 0 ok, a.c 5 t/m/1, a.c 25 ok         | 15",
                "times backwards: dropped         | a.c 9 t/m/1, a.c 0 t/m/1, a.c 20 ok      | 15",
                "no time: dropped                 | a.c - t/m/1, a.c 0 t/m/1, a.c 20 ok      | 15",
                "mean of two pairs                | a.c 0 t/m/1, a.c 20 t/m/1, a.c 40 ok     | 20",
                "each file has pairs of its own   | a.c 0 t/m/1, b.c 9 t/m/1, a.c 20 ok      | 15"
            })
    void points_areDividedBy35(String name, String session, double points) {
        ResolveTimes times = new ResolveTimes();
        CLASS.forEach(each -> times.add(Sessions.detailed(each)));

        assertThat(Watwin.of(Sessions.detailed(session), times).orElseThrow()).isCloseTo(points / 35, within(ROUNDING));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a.c 0 t/m/1", "a.c 0 ok, a.c 9 ok", "a.c 0 ok, a.c 9 t/m/1", "a.c 0 t/m/1, b.c 9 ok"})
    void sessionWithoutAPair_hasNoScore(String session) {
        ResolveTimes times = new ResolveTimes();
        times.add(Sessions.detailed(session));

        assertThat(Watwin.of(Sessions.detailed(session), times)).isEmpty();
    }

    @Test
    void onlyStudentOfAClass_needsTheUsualTime() {
        List<Compilation> session = Sessions.detailed("a.c 0 t/m/1, a.c 300 ok");
        ResolveTimes times = new ResolveTimes();
        times.add(session);

        assertThat(Watwin.of(session, times).orElseThrow()).isCloseTo(15 / 35.0, within(ROUNDING));
    }

    @Test
    void success_cannotHaveErrors() {
        List<CompilerError> errors = List.of(new CompilerError("t", "m", "1"));

        assertThatIllegalArgumentException().isThrownBy(() -> new Compilation("a.c", Optional.empty(), false, errors));
    }
}
