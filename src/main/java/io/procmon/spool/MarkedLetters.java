package io.procmon.spool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.procmon.events.Report;
import io.procmon.spool.RecordFormat.Unreadable;
import io.quarkus.logging.Log;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of letters that are marked for resending. It is read in steps, because it may be larger than the memory. */
final class MarkedLetters {

    private static final int STEP = 256;
    private static final int STEP_BYTES = 1 << 20;

    private final Path file;

    /** Reads in a charset in which each byte is a character, so that an unreadable line is written back unchanged. */
    private final BufferedReader lines;

    private final ByteArrayOutputStream unreadable = new ByteArrayOutputStream();
    private int unreadableLines;
    private boolean atEnd;

    MarkedLetters(Path file) throws IOException {
        this.file = file;
        this.lines = Files.newBufferedReader(file, ISO_8859_1);
    }

    List<Report> next() throws IOException {
        List<Report> reports = new ArrayList<>();
        int bytes = 0;
        while (!atEnd && reports.size() < STEP && bytes < STEP_BYTES) {
            String line = lines.readLine();
            if (line == null) {
                atEnd = true;
            } else if (!line.isBlank()) {
                bytes += line.length();
                read(line.getBytes(ISO_8859_1), reports);
            }
        }
        return reports;
    }

    private void read(byte[] line, List<Report> reports) {
        try {
            reports.add(DeadLetter.parse(line));
        } catch (Unreadable problem) {
            Log.debugf("a dead letter cannot be read: %s", problem.getMessage());
            unreadable.writeBytes(line);
            unreadable.write('\n');
            unreadableLines++;
        }
    }

    boolean isAtEnd() {
        return atEnd;
    }

    boolean hasUnreadable() {
        return unreadableLines > 0;
    }

    /** The lines that are not valid letters. */
    byte[] unreadable() {
        return unreadable.toByteArray();
    }

    /** Drops the unreadable lines after they were stored elsewhere; returns their number. */
    int forgetUnreadable() {
        int forgotten = unreadableLines;
        unreadable.reset();
        unreadableLines = 0;
        return forgotten;
    }

    void delete() throws IOException {
        lines.close();
        Files.deleteIfExists(file);
    }
}
