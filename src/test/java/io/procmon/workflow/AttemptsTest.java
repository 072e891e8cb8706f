package io.procmon.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.process.ContainerPath;
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

    @ParameterizedTest
    @CsvSource({
        "/home/coder/project/hw1/main.c, main.c",
        "/home/coder/project/hw1/src/a/list.c, src/a/list.c",
        "/workspace/os-1-202012180/hw1/main, main",
        "/workspace/os-1-202012180/lib/list.c, list.c",
        "/home/coder/project/hw1, hw1"
    })
    void paths_startAtTheHomework_andNameNoStudent(String path, String kept) {
        assertThat(Attempts.relative(ContainerPath.of(path), "hw1")).isEqualTo(kept);
    }
}
