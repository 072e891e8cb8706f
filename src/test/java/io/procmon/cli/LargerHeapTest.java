package io.procmon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LargerHeapTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java @a -Xmx64m io.procmon.Main analyze d|false|57|java @a -Xmx64m -Xmx144m io.procmon.Main analyze d",
                "java -jar quarkus-run.jar analyze d|false|5900|java -Xmx144m -jar quarkus-run.jar analyze d",
                "procmon analyze -jar|true|64|procmon -Xmx144m analyze -jar",
                "procmon -Xmx144m analyze d|true|144|",
                "java -Xmx144m -jar quarkus-run.jar|false|139|",
                "java -Xmx1g -jar quarkus-run.jar|false|989|",
                "java org.junit.Main analyze d|false|5900|"
            })
    void command_hasTheHeapOnce_unlessALargerOneIsChosen(
            String arguments, boolean isNative, long present, String command) {
        assertThat(LargerHeap.command(List.of(arguments.split(" ", -1)), isNative, 144, present)
                        .map(words -> String.join(" ", words))
                        .orElse(null))
                .isEqualTo(command);
    }

    @Test
    void heapOfALargerTable_isAsLargeAsTheTable() {
        assertThat(LargerHeap.megabytes(17L << 20)).isEqualTo(144);
        assertThat(LargerHeap.megabytes(3L << 30)).isEqualTo(3072);
    }

    @Test
    void commandLineOfAnyLength_hasItsWords() {
        String classPath = "a.jar:".repeat(2_000);

        assertThat(LargerHeap.words(("java\0-cp\0" + classPath + "\0\0analyze d\0").getBytes(UTF_8)))
                .containsExactly("java", "-cp", classPath, "", "analyze d");
    }
}
