package io.procmon.classroom.measures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorQuotientTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "A | ok, ok           | 0",
                "B | x, ok, y         | 0",
                "C | x, ok, x         | 0",
                "D | x, y             | 0.7272727272727273",
                "E | x, x             | 1",
                "F | x, x, x          | 1",
                "G | x, x, y          | 0.8636363636363636",
                "H | x, y, y          | 0.8636363636363636",
                "I | x, y, z          | 0.7272727272727273",
                "one shared type      | x+y, y+z    | 1",
                "three of three       | x+x+x, x    | 1",
                "types unknown        | ?, ?        | 0.7272727272727273",
                "one type unknown     | x, ?        | 0.7272727272727273",
                "half of the pairs    | ok, x, x    | 0.5"
            })
    void session_hasThePublishedQuotient(String name, String session, double quotient) {
        assertThat(ErrorQuotient.of(Sessions.ofTypes(session))).hasValue(quotient);
    }

    @Test
    void oneCompilation_hasNone() {
        assertThat(ErrorQuotient.of(Sessions.ofTypes("x"))).isEmpty();
    }

    @Test
    void noCompilation_hasNone() {
        assertThat(ErrorQuotient.of(List.of())).isEmpty();
    }
}
