package io.procmon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LargerHeapTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@a -Xmx64m io.procmon.Main analyze d|false|java @a -Xmx64m -Xmx144m io.procmon.Main analyze d",
                "-jar quarkus-run.jar analyze d|false|java -Xmx144m -jar quarkus-run.jar analyze d",
                "analyze -jar|true|java -Xmx144m analyze -jar",
                "-Xmx144m analyze d|true|",
                "-jar -Xmx144m quarkus-run.jar|false|",
                "org.junit.Main analyze d|false|"
            })
    void command_hasTheHeapOnce(String arguments, boolean isNative, String command) {
        assertThat(LargerHeap.command("java", List.of(arguments.split(" ", -1)), isNative)
                        .map(words -> String.join(" ", words))
                        .orElse(null))
                .isEqualTo(command);
    }
}
