package io.procmon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DeadLettersCommandTest {

    private static final int LETTERS = 400;
    private static final String LETTER = "{\"text\":\"%s\"}".formatted("번".repeat(10_000));

    @TempDir
    Path spool;

    /** Discards the output and counts its size. */
    private static final class Gauge extends Writer {
        private long all;
        private int largest;

        @Override
        public void write(char[] text, int from, int length) {
            all += length;
            largest = Math.max(largest, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void list_printsMoreLettersThanMemoryHolds_piecewise() throws IOException {
        Files.write(spool.resolve("dead-letters.ndjson"), Collections.nCopies(LETTERS, LETTER));
        Gauge out = new Gauge();

        assertThat(run(out, "list")).isZero();

        assertThat(out.all).isEqualTo(LETTERS * (LETTER.length() + 1L));
        assertThat(out.largest).isLessThan(LETTER.length() * 2);
    }

    @Test
    void list_printsNothing_whereThereAreNone() {
        StringWriter out = new StringWriter();

        assertThat(run(out, "list")).isZero();

        assertThat(out.toString()).isEmpty();
    }

    @Test
    void resend_saysHowManyAreMarked() throws IOException {
        Files.write(spool.resolve("dead-letters.ndjson"), Collections.nCopies(LETTERS, LETTER));
        StringWriter out = new StringWriter();

        assertThat(run(out, "resend")).isZero();

        assertThat(out.toString()).isEqualToIgnoringNewLines("marked for resending: 400");
    }

    private int run(Writer out, String command) {
        return new CommandLine(new DeadLettersCommand())
                .setOut(new PrintWriter(out))
                .execute(command, "--dir", spool.toString());
    }
}
