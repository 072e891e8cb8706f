package io.procmon.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.procmon.diagnostics.Diagnostic;
import io.procmon.diagnostics.Diagnostics;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** Writes the diagnostics of a tool or a program as the members {@code diagnostics} and {@code diagnostics_total}. */
final class DiagnosticsWriter {

    private final JsonGenerator json;
    private final PrivateTexts texts;

    DiagnosticsWriter(JsonGenerator json, PrivateTexts texts) {
        this.json = json;
        this.texts = texts;
    }

    void write(Diagnostics diagnostics) throws IOException {
        if (diagnostics.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("diagnostics");
        for (Diagnostic diagnostic : diagnostics.list()) {
            write(diagnostic);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("diagnostics_total");
        json.writeNumberField("error", diagnostics.errors());
        json.writeNumberField("warning", diagnostics.warnings());
        json.writeEndObject();
    }

    private void write(Diagnostic diagnostic) throws IOException {
        json.writeStartObject();
        text("file", diagnostic.file());
        number("line", diagnostic.line());
        number("column", diagnostic.column());
        json.writeStringField("severity", diagnostic.severity().label());
        if (diagnostic.code().isPresent()) {
            json.writeStringField("code", texts.redacted(diagnostic.code().get()));
        }
        json.writeStringField("type", texts.redacted(diagnostic.type()));
        text("message", diagnostic.message());
        json.writeStringField("tool", diagnostic.tool());
        json.writeEndObject();
    }

    private void text(String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.writeStringField(name, texts.of(text.get()));
        }
    }

    private void number(String name, OptionalInt number) throws IOException {
        if (number.isPresent()) {
            json.writeNumberField(name, number.getAsInt());
        }
    }
}
