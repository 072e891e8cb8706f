package io.procmon.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Story;
import io.procmon.classroom.workflow.TestRuns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptsTest {

    @ParameterizedTest
    @CsvSource({
        "test_list.py, true",
        "list_test.c, true",
        "tests, true",
        "test, true",
        "run-tests.sh, true",
        "ListTest.java, true",
        "check, true",
        "unittest_main.cc, true",
        "main.c, false",
        "latest.c, false",
        "contest, false",
        "testament.py, false",
        "greatest, false",
        "attest.py, false"
    })
    void testNames_areThoseThatFrameworksWant(String name, boolean test) {
        assertThat(TestRuns.isTestName(name)).isEqualTo(test);
    }

    @Test
    void renamedAttempt_hasNoFileOfTheOldName() {
        Attempt attempt =
                Story.of("0:00 build ok of=202012180_hw1.c makes=hw1_202012180").getFirst();

        Attempt renamed = attempt.renamed(name -> name.replace("202012180", "x"));

        assertThat(renamed.toString()).doesNotContain("202012180");
        assertThat(renamed.renamed(name -> name.replace("x", "202012180"))).isEqualTo(attempt);
    }
}
