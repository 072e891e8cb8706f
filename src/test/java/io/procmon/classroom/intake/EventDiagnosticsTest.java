package io.procmon.classroom.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.procmon.diagnostics.Diagnostic;
import io.procmon.diagnostics.Diagnostics;
import io.procmon.diagnostics.Severity;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EventDiagnosticsTest {

    private static Diagnostics read(String event) throws JsonProcessingException {
        return EventDiagnostics.of(new ObjectMapper().readTree(event));
    }

    @Test
    void diagnosticsOfAnEvent_areRead() throws JsonProcessingException {
        Diagnostics read = read("""
                {"diagnostics": [{"file": "main.c", "line": 3, "severity": "error", "type": "expected ';'",
                "message": "expected ';' before '}' token", "tool": "cc"}], "diagnostics_total": {"error": 4, "warning": 2}}
                """);

        assertThat(read)
                .isEqualTo(new Diagnostics(
                        List.of(new Diagnostic(
                                Severity.ERROR,
                                "expected ';'",
                                Optional.empty(),
                                Optional.of("expected ';' before '}' token"),
                                Optional.of("main.c"),
                                OptionalInt.of(3),
                                OptionalInt.empty(),
                                "cc")),
                        4,
                        2));
    }

    @Test
    void eventWithoutDiagnostics_hasNone() throws JsonProcessingException {
        assertThat(read("{}")).isEqualTo(Diagnostics.NONE);
    }

    @Test
    void whatIsNoDiagnostic_isSkipped() throws JsonProcessingException {
        String many = "{\"severity\": \"error\", \"type\": \"x\"},".repeat(50);

        assertThat(read("{\"diagnostics\": [3, {}, {\"severity\": \"odd\", \"type\": \"x\"}]}"))
                .isEqualTo(Diagnostics.NONE);
        assertThat(read("{\"diagnostics\": [" + many + "{}]}").list()).hasSize(Diagnostics.MOST);
        assertThat(read("{\"diagnostics\": \"x\", \"diagnostics_total\": {\"error\": -3}}"))
                .isEqualTo(Diagnostics.NONE);
    }
}
