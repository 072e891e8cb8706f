package io.procmon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenFilesTest {

    private static final String LIMITS = """
            Limit                     Soft Limit           Hard Limit           Units
            Max processes             15000                15000                processes
            Max open files            %-20s 4096                 files
            """;

    @ParameterizedTest
    @ValueSource(strings = {"0", "64", "255"})
    void lowLimit_isSaidWithTheRemedy(String limit) {
        assertThat(OpenFiles.problem(LIMITS.formatted(limit)))
                .hasValueSatisfying(problem ->
                        assertThat(problem).contains("may open " + limit + " files", "ulimit -n", "LimitNOFILE="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"256", "1024", "1073741816", "99999999999999999999", "unlimited"})
    void limitThatIsHighEnough_isNoProblem(String limit) {
        assertThat(OpenFiles.problem(LIMITS.formatted(limit))).isEmpty();
        assertThat(OpenFiles.problem("")).isEmpty();
    }

    @Test
    void limitOfThisProcess_canBeRead() {
        assertThat(OpenFiles.problem()).isEmpty();
    }
}
