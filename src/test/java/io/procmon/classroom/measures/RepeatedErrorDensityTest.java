package io.procmon.classroom.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatedErrorDensityTest {

    private static final double ROUNDING = 1e-12;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ok, ok                | 0",
                "x                     | 0",
                "x, y                  | 0",
                "x, ok, x              | 0",
                "x, x                  | 0.5",
                "x, x, x               | 1.3333333333333333",
                "x, x, x, x            | 2.25",
                "x, x, ok, x, x        | 1",
                "x, x, y, y            | 1",
                "x+y, x+y              | 1",
                "x+y, x, x+y           | 1.3333333333333333",
                "x+x, x+x              | 0.5",
                "x+y, y+z, z+x, x      | 1.5",
                "?, ?                  | 0",
                "x, x, x, ok, x, x, x, y, x, x, x | 4"
            })
    void runOfNCompilations_addsRSquaredOverRPlusOne(String session, double density) {
        assertThat(RepeatedErrorDensity.of(Sessions.ofTypes(session))).isCloseTo(density, within(ROUNDING));
    }
}
