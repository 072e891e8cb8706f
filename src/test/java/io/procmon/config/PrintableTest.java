package io.procmon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

    @ParameterizedTest
    @CsvSource({
        "\\u2028, line separator",
        "\\u2029, paragraph separator",
        "\\u202e, right-to-left override",
        "\\u2066, left-to-right isolate",
        "\\u200f, right-to-left mark",
        "\\u0085, next line",
        "\\u001b, escape",
        "\\u000a, line feed",
        "\\u0009, tab",
        "\\ufeff, byte order mark"
    })
    void invisibleCharacter_isEscaped(String escape, String what) {
        String character = Character.toString(Integer.parseInt(escape.substring(2), 16));

        assertThat(Printable.of("a" + character + "b.c")).as(what).isEqualTo("a" + escape + "b.c");
    }

    @Test
    void halfOfACharacter_isEscaped() {
        assertThat(Printable.of("a\uD83D")).isEqualTo("a\\ud83d");
    }

    @Test
    void visibleText_isTheSameObject() {
        String text = "최종 과제.c \uD83D\uDE00 é";

        assertThat(Printable.of(text)).isSameAs(text);
    }

    @Test
    void logLine_isEscapedAfterItsParametersAreIn() {
        ExtLogRecord line = new ExtLogRecord(Level.INFO, "file %s", ExtLogRecord.FormatStyle.PRINTF, "x");
        line.setParameters(new Object[] {"a\u2028{\"level\":\"ERROR\"}\u202e%s"});

        assertThat(new PrintableLog().isLoggable(line)).isTrue();
        assertThat(PrintableLog.MESSAGE.formatMessage(line)).isEqualTo("file a\\u2028{\"level\":\"ERROR\"}\\u202e%s");
    }
}
