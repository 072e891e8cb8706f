package io.procmon.homework;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.process.ContainerPath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HomeworkPathTest {

    @ParameterizedTest
    @CsvSource({
        "/home/coder/project/hw1/main.c, main.c",
        "/home/coder/project/hw1/src/a/list.c, src/a/list.c",
        "/workspace/os-1-202012180/hw1/main, main",
        "/workspace/os-1-202012180/lib/list.c, list.c",
        "/home/coder/project/hw1, hw1"
    })
    void paths_startAtTheHomework_andNameNoStudent(String path, String kept) {
        assertThat(HomeworkPath.below("hw1", ContainerPath.of(path))).isEqualTo(kept);
    }
}
