package io.procmon.classroom.progsnap2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=cmd|'/c calc'!A0",
                "+1+2",
                "-x.c",
                "@SUM(1,2)",
                "\t=1+1",
                "\r=1+1",
                "\n=1+1",
                "-",
                "-1.5e",
                "\uFF1D1+1",
                "=HYPERLINK(\"http://evil.example\")"
            })
    void cellThatASpreadsheetWouldCompute_isText(String cell) {
        String line = Csv.line(List.of("1", cell));

        assertThat(line).startsWith("1,").containsPattern("^1,\"?'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-0.250", "+7", "main.c", "a=b", "", "5"})
    void numberOrPlainText_staysAsItIs(String cell) {
        assertThat(Csv.line(List.of(cell)).lines()).containsExactly(cell);
    }

    @Test
    void cellWithQuotesOrLines_isQuoted() {
        assertThat(Csv.line(List.of("a\"b", "c,d", "e\nf")).lines()).containsExactly("\"a\"\"b\",\"c,d\",\"e", "f\"");
        assertThat(Csv.line(List.of("=\"a\"")).lines()).containsExactly("\"'=\"\"a\"\"\"");
    }
}
