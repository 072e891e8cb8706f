package io.procmon.workflow;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(Attempts.isTestName(name)).isEqualTo(test);
    }
}
