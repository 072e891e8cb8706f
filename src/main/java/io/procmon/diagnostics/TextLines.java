package io.procmon.diagnostics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits the text of a tool or a program into lines. The text can contain any bytes:
 *
 * <ul>
 *   <li>Colours, "erase to the end of the line" and hyperlinks are removed: gcc, clang and rustc write them.
 *   <li>A line with any other control character or escape sequence is dropped, because a terminal would not show it as text.
 *   <li>Bytes that are not UTF-8 become U+FFFD. A line ends at LF, CR LF or CR. Empty lines stay: they separate.
 *   <li>Only the beginning of a long line is read, and only the beginning and the end of a long text.
 * </ul>
 *
 * <p>Time and memory are linear in the length of the text.
 */
final class TextLines {

    /** The most characters of a line. */
    static final int LENGTH = 2_000;

    private static final char ESCAPE = 0x1B;
    private static final char BELL = 0x07;
    private static final String RED = "31";
    private static final String MAGENTA = "35";

    private final List<TextLine> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private Optional<Severity> colour = Optional.empty();
    private boolean dropped;

    private TextLines() {}

    /** The lines of a text. A line that the gap cuts is dropped. */
    static List<TextLine> of(TextParts text) {
        TextLines reader = new TextLines();
        reader.read(text.head());
        if (text.gap()) {
            reader.forget();
            reader.dropped = !text.tail().isEmpty();
        }
        reader.read(text.tail());
        reader.end();
        return reader.lines;
    }

    private void read(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ESCAPE) {
                at = escape(text, at + 1);
            } else {
                if (c == '\n' && at > 0 && text.charAt(at - 1) == '\r') {
                    forget();
                } else if (c == '\n' || c == '\r') {
                    end();
                } else if (c == '\t' || !Character.isISOControl(c)) {
                    append(c);
                } else {
                    dropped = true;
                }
                at++;
            }
        }
    }

    private void append(char c) {
        if (line.length() < LENGTH) {
            line.append(c);
        }
    }

    private void end() {
        if (!dropped) {
            lines.add(new TextLine(line.toString().stripTrailing(), colour));
        }
        forget();
    }

    private void forget() {
        line.setLength(0);
        colour = Optional.empty();
        dropped = false;
    }

    /** The end of an escape sequence: ECMA-48, and OSC 8 as terminals implement it. */
    private int escape(String text, int at) {
        if (at < text.length() && text.charAt(at) == '[') {
            return control(text, at + 1);
        }
        if (text.startsWith("]8;", at)) {
            return hyperlink(text, at);
        }
        dropped = true;
        return at;
    }

    private int control(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= 0x20 && text.charAt(at) <= 0x3F) {
            at++;
        }
        if (at == text.length()) {
            dropped = true;
            return at;
        }
        char end = text.charAt(at);
        if (end == 'm') {
            colour = colour.isPresent() ? colour : severity(text.substring(from, at));
        } else if (end != 'K') {
            dropped = true;
        }
        return at + 1;
    }

    private static Optional<Severity> severity(String parameters) {
        for (String parameter : parameters.split(";", -1)) {
            if (parameter.equals(RED)) {
                return Optional.of(Severity.ERROR);
            }
            if (parameter.equals(MAGENTA)) {
                return Optional.of(Severity.WARNING);
            }
        }
        return Optional.empty();
    }

    /** The end of a hyperlink: BEL or ESC \ in the same line. */
    private int hyperlink(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == BELL) {
                return at + 1;
            }
            if (c == ESCAPE) {
                return at + (text.startsWith("\\", at + 1) ? 2 : 1);
            }
            if (c == '\n' || c == '\r') {
                dropped = true;
                return at;
            }
        }
        dropped = true;
        return text.length();
    }
}
