package io.procmon.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.procmon.diagnostics.Crash;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Writes a crash as the member {@code crash}. Addresses are hexadecimal strings, because many JSON readers lose digits
 * of 64-bit numbers.
 */
final class CrashWriter {

    private final JsonGenerator json;
    private final PrivateTexts texts;

    CrashWriter(JsonGenerator json, PrivateTexts texts) {
        this.json = json;
        this.texts = texts;
    }

    void write(Crash crash) throws IOException {
        json.writeObjectFieldStart("crash");
        json.writeNumberField("signal", crash.signal());
        address(crash.address());
        json.writeArrayFieldStart("frames");
        for (Crash.Frame frame : crash.frames()) {
            write(frame);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Crash.Frame frame) throws IOException {
        json.writeStartObject();
        text("function", frame.function());
        if (frame.offset().isPresent()) {
            json.writeNumberField("offset", frame.offset().getAsLong());
        }
        text("file", frame.file());
        if (frame.line().isPresent()) {
            json.writeNumberField("line", frame.line().getAsInt());
        }
        text("module", frame.module());
        address(frame.address());
        json.writeEndObject();
    }

    private void address(OptionalLong address) throws IOException {
        if (address.isPresent()) {
            json.writeStringField("address", "0x" + Long.toHexString(address.getAsLong()));
        }
    }

    private void text(String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.writeStringField(name, texts.of(text.get()));
        }
    }
}
