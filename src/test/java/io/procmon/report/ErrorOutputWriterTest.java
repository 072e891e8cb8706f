package io.procmon.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.procmon.diagnostics.DiagnosticsLevel;
import io.procmon.events.ErrorOutput;
import io.procmon.process.ContainerPath;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ErrorOutputWriterTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void levelBelowText_hasNumbersOnly() throws IOException {
        ErrorOutput output = whole("main.c:1: error");

        for (DiagnosticsLevel level : List.of(DiagnosticsLevel.TYPES, DiagnosticsLevel.MESSAGES)) {
            JsonNode written = write(output, level);
            assertThat(written.path("bytes").asInt()).isEqualTo(15);
            assertThat(written.has("head")).isFalse();
            assertThat(written.has("tail")).isFalse();
        }
    }

    @Test
    void shortText_isAllHead() throws IOException {
        JsonNode written = write(whole("main.c:1: error"), DiagnosticsLevel.TEXT);

        assertThat(written.path("head").asText()).isEqualTo("main.c:1: error");
        assertThat(written.has("tail")).isFalse();
        assertThat(written.path("truncated").asBoolean()).isFalse();
    }

    @Test
    void characterOnTheBorderOfHeadAndTail_isWhole() throws IOException {
        String text = "a".repeat(ErrorOutput.PART_MAX - 1) + "컴파일" + "b";
        byte[] bytes = text.getBytes(UTF_8);

        JsonNode written = write(cut(bytes, bytes.length, bytes.length - ErrorOutput.PART_MAX), DiagnosticsLevel.TEXT);

        assertThat(written.path("head").asText() + written.path("tail").asText())
                .isEqualTo(text);
    }

    @Test
    void secretOnTheBorderOfHeadAndTail_isMasked() throws IOException {
        String text = "a".repeat(ErrorOutput.PART_MAX - 12) + "\n--token=secret-of-the-student\n";
        byte[] bytes = text.getBytes(UTF_8);

        JsonNode written = write(cut(bytes, bytes.length, bytes.length - ErrorOutput.PART_MAX), DiagnosticsLevel.TEXT);

        assertThat(written.path("head").asText() + written.path("tail").asText())
                .endsWith("\n--token=***\n")
                .doesNotContain("secret");
    }

    @Test
    void bytesThatAreNoText_becomeReplacementCharacters() throws IOException {
        byte[] bytes = {'a', 0, (byte) 0xff, 27, '[', 'm', '\n'};

        JsonNode written = write(cut(bytes, bytes.length, 0), DiagnosticsLevel.TEXT);

        assertThat(written.path("head").asText()).isEqualTo("a\uFFFD\uFFFD\u001b[m\n");
    }

    private static ErrorOutput whole(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return cut(bytes, bytes.length, 0);
    }

    private static ErrorOutput cut(byte[] bytes, long size, int tail) {
        byte[] head = Arrays.copyOf(bytes, bytes.length - tail);
        return new ErrorOutput(1, size, 1, 0, false, head, Arrays.copyOfRange(bytes, head.length, bytes.length));
    }

    private static JsonNode write(ErrorOutput output, DiagnosticsLevel level) throws IOException {
        Redaction redaction = new Redaction(List.of(new Secret(Pattern.compile("--token=(?<secret>\\S+)"), List.of())));
        PrivateTexts texts = new PrivateTexts(
                redaction, ContainerPath.of("/home/coder/project"), List.of(), UnaryOperator.identity(), text -> text);
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            new ErrorOutputWriter(out, texts).write(output, level);
            out.writeEndObject();
        }
        return JSON.readTree(text.toString()).path("stderr");
    }
}
