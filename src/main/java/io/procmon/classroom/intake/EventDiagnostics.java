package io.procmon.classroom.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.procmon.diagnostics.Diagnostic;
import io.procmon.diagnostics.Diagnostics;
import io.procmon.diagnostics.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the members {@code diagnostics} and {@code diagnostics_total} of an event; both are optional. */
final class EventDiagnostics {

    private EventDiagnostics() {}

    /** The diagnostics, up to the limit of an event. Those with an unknown severity or without a type are skipped. */
    static Diagnostics of(JsonNode event) {
        List<Diagnostic> list = new ArrayList<>();
        for (JsonNode each : event.path("diagnostics")) {
            Optional<String> type = text(each, "type");
            Optional<Severity> severity = severity(each.path("severity").asText());
            if (type.isPresent() && severity.isPresent() && list.size() < Diagnostics.MOST) {
                list.add(new Diagnostic(
                        severity.get(),
                        type.get(),
                        text(each, "code"),
                        text(each, "message"),
                        text(each, "file"),
                        number(each, "line"),
                        number(each, "column"),
                        each.path("tool").asText()));
            }
        }
        JsonNode total = event.path("diagnostics_total");
        return new Diagnostics(list, count(total, Severity.ERROR, list), count(total, Severity.WARNING, list));
    }

    private static Optional<Severity> severity(String label) {
        for (Severity severity : Severity.values()) {
            if (severity.label().equals(label)) {
                return Optional.of(severity);
            }
        }
        return Optional.empty();
    }

    private static int count(JsonNode total, Severity severity, List<Diagnostic> list) {
        int listed = Math.toIntExact(
                list.stream().filter(it -> it.severity() == severity).count());
        return Math.max(listed, total.path(severity.label()).asInt());
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.path(field).textValue()).filter(it -> !it.isBlank());
    }

    private static OptionalInt number(JsonNode node, String field) {
        int number = node.path(field).asInt();
        return number > 0 ? OptionalInt.of(number) : OptionalInt.empty();
    }
}
