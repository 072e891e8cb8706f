package io.procmon.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.procmon.diagnostics.DiagnosticsLevel;
import io.procmon.events.ErrorOutput;
import java.io.IOException;

/** Writes the standard error of an activity as the member {@code stderr}. */
final class ErrorOutputWriter {

    /** The character that redaction uses for a newline. */
    private static final char ZERO = '\0';

    private static final char REPLACEMENT = '\uFFFD';

    private final JsonGenerator json;
    private final PrivateTexts texts;

    ErrorOutputWriter(JsonGenerator json, PrivateTexts texts) {
        this.json = json;
        this.texts = texts;
    }

    void write(ErrorOutput output, DiagnosticsLevel level) throws IOException {
        json.writeObjectFieldStart("stderr");
        json.writeNumberField("bytes", output.bytes());
        json.writeNumberField("writes", output.writes());
        json.writeNumberField("unread_bytes", output.unreadBytes());
        json.writeBooleanField("truncated", output.hasGap());
        json.writeBooleanField("incomplete", output.isIncomplete());
        switch (level) {
            case OFF, TYPES, MESSAGES -> {}
            case TEXT -> texts(output);
        }
        json.writeEndObject();
    }

    /**
     * Writes head and tail. Without a gap they are written as one text, because a character or a secret may cross the
     * border.
     */
    private void texts(ErrorOutput output) throws IOException {
        String head = text(output.head());
        String tail = text(output.tail());
        if (!output.hasGap()) {
            byte[] whole = new byte[output.keptBytes()];
            int size = output.head().length;
            System.arraycopy(output.head(), 0, whole, 0, size);
            System.arraycopy(output.tail(), 0, whole, size, whole.length - size);
            String text = text(whole);
            int end = border(text);
            head = text.substring(0, end);
            tail = text.substring(end);
        }
        json.writeStringField("head", head);
        if (!tail.isEmpty()) {
            json.writeStringField("tail", tail);
        }
    }

    private static int border(String text) {
        int end = Math.min(text.length(), ErrorOutput.PART_MAX);
        return end < text.length() && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }

    private String text(byte[] bytes) {
        return texts.of(new String(bytes, UTF_8).replace(ZERO, REPLACEMENT));
    }
}
