package io.procmon.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorOutputTest {

    private static final int PART = ErrorOutput.PART_MAX;

    @Test
    void partsOfABuild_areOneTextInTheOrderOfTheirFirstWrites() {
        ErrorOutput driver = written(30, "collect2: error\n");
        ErrorOutput compiler = written(10, "main.c:1: warning\n");
        ErrorOutput linker = written(20, "undefined reference\n");

        assertThat(ErrorOutput.join(List.of(driver, compiler, linker))).hasValueSatisfying(joined -> {
            assertThat(text(joined)).isEqualTo("main.c:1: warning\nundefined reference\ncollect2: error\n");
            assertThat(joined.writes()).isEqualTo(3);
            assertThat(joined.hasGap()).isFalse();
        });
    }

    @Test
    void nothing_joinsToNothing() {
        assertThat(ErrorOutput.join(List.of())).isEmpty();
    }

    @Test
    void assemblyThatCc1WroteAsDescriptor2_isNoText() {
        assertThat(ErrorOutput.join(List.of(written(1, "\t.file\t\"main.c\"\n\t.text\n"))))
                .isEmpty();
    }

    @Test
    void manyParts_areBounded() {
        String line = "x".repeat(3000) + "\n";

        ErrorOutput joined = ErrorOutput.join(
                        List.of(written(1, line), written(2, line), written(3, line), written(4, "last\n")))
                .orElseThrow();

        assertThat(joined.head()).hasSize(PART);
        assertThat(joined.tail()).hasSize(PART);
        assertThat(joined.hasGap()).isTrue();
        assertThat(joined.bytes()).isEqualTo(3 * 3001 + 5);
        assertThat(text(joined)).endsWith("x\nlast\n");
    }

    @Test
    void partWithAGap_keepsTheGap() {
        ErrorOutput large = new ErrorOutput(1, 1 << 20, 9, 0, false, fill('a'), fill('z'));

        ErrorOutput joined =
                ErrorOutput.join(List.of(large, written(2, "then\n"))).orElseThrow();

        assertThat(joined.head()).isEqualTo(fill('a'));
        assertThat(new String(joined.tail(), UTF_8)).startsWith("zzz").endsWith("zthen\n");
        assertThat(joined.hasGap()).isTrue();
    }

    @Test
    void partThatIsIncomplete_makesTheWholeIncomplete() {
        assertThat(ErrorOutput.join(List.of(written(1, "a"), ErrorOutput.unknown())))
                .hasValueSatisfying(joined -> assertThat(joined.isIncomplete()).isTrue());
    }

    @Test
    void text_isNoPartOfAMessage() {
        assertThat(written(1, "secret")).asString().doesNotContain("secret");
    }

    private static ErrorOutput written(long at, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        int head = Math.min(bytes.length, PART);
        return new ErrorOutput(
                at,
                bytes.length,
                1,
                0,
                false,
                Arrays.copyOf(bytes, head),
                Arrays.copyOfRange(bytes, head, bytes.length));
    }

    private static byte[] fill(char letter) {
        byte[] bytes = new byte[PART];
        Arrays.fill(bytes, (byte) letter);
        return bytes;
    }

    private static String text(ErrorOutput output) {
        return new String(output.head(), UTF_8) + new String(output.tail(), UTF_8);
    }
}
