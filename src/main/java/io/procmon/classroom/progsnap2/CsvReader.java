package io.procmon.classroom.progsnap2;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a table row by row: RFC 4180 in UTF-8, with or without a byte order mark. A line ends in LF, CR LF or CR. Empty
 * lines are skipped, as the format's own tools do.
 *
 * <p>Only the cells that the caller reads are kept, and only until the next row. So the reader needs the memory of one
 * row, however long the table is.
 */
final class CsvReader implements AutoCloseable {

    /** The limit of characters in a cell that is read. No message of a compiler is longer. */
    static final int LONGEST_CELL = 1 << 20;

    private static final int MOST_COLUMNS = 10_000;
    private static final int END = -1;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final String file;
    private final Utf8Reader in;
    private final List<String> header = new ArrayList<>();

    private boolean[] wanted = {};
    private String[] cells = {};
    private long[] lines = {};
    private long[] columns = {};

    private char[] text = new char[1 << 10];
    private int length;
    private int next;
    private int taken;
    private long line = 1;
    private long column = 1;

    /**
     * Reads the header.
     *
     * @param file the name for messages
     */
    CsvReader(String file, InputStream in) throws IOException {
        this.file = file;
        this.in = new Utf8Reader(in);
        peekNext();
        if (next == BYTE_ORDER_MARK) {
            peekNext();
        }
        readHeader();
        this.wanted = new boolean[header.size()];
        this.cells = new String[header.size()];
        this.lines = new long[header.size()];
        this.columns = new long[header.size()];
    }

    /** Columns without a title, which spreadsheets append, may be several. */
    private void readHeader() throws IOException {
        takeEmptyLines();
        Set<String> titles = new HashSet<>();
        do {
            if (header.size() == MOST_COLUMNS) {
                throw bad("there are more than %d columns".formatted(MOST_COLUMNS));
            }
            long atLine = line;
            long atColumn = column;
            String title = readCell(true);
            if (!title.isEmpty() && !titles.add(title)) {
                throw bad(atLine, atColumn, "there are two columns %s".formatted(quoted(title)));
            }
            header.add(title);
        } while (takeComma());
        takeLineEnd();
        if (header.equals(List.of(""))) {
            throw bad(1, 1, "there is no header");
        }
    }

    /**
     * The index of a column.
     *
     * @return -1 if there is no such column
     */
    int indexOf(String title) {
        int index = header.indexOf(title);
        if (index >= 0) {
            wanted[index] = true;
        }
        return index;
    }

    /**
     * Reads the next row.
     *
     * @return false after the last one
     */
    boolean next() throws IOException {
        takeEmptyLines();
        if (next == END) {
            return false;
        }
        int count = 0;
        do {
            if (count == cells.length) {
                throw bad("the row has more cells than the header, which has %d".formatted(cells.length));
            }
            lines[count] = line;
            columns[count] = column;
            cells[count] = readCell(wanted[count]);
            count++;
        } while (takeComma());
        if (count < cells.length) {
            throw bad("the row has %d cells, the header has %d".formatted(count, cells.length));
        }
        takeLineEnd();
        return true;
    }

    /**
     * A cell of the row.
     *
     * @param index from {@link #indexOf}
     * @return the text; empty if there is no such column
     */
    String cell(int index) {
        return index < 0 ? "" : cells[index];
    }

    /** The line where a cell of the row begins. */
    long line(int index) {
        return lines[index];
    }

    /** The column where a cell of the row begins. */
    long column(int index) {
        return columns[index];
    }

    /** An exception for a cell of the row. */
    BadDataset bad(int index, String problem) {
        return bad(lines[index], columns[index], problem);
    }

    /** An exception for the header. */
    BadDataset badHeader(String problem) {
        return bad(1, 1, problem);
    }

    /**
     * A text of the data set for a message. It is limited in length and has no characters that could control a
     * terminal.
     */
    static String quoted(String text) {
        int longest = 40;
        String start = text.length() > longest ? text.substring(0, longest) + "..." : text;
        StringBuilder quoted = new StringBuilder("\"");
        start.codePoints().map(c -> Character.isISOControl(c) ? '?' : c).forEach(quoted::appendCodePoint);
        return quoted.append('"').toString();
    }

    private String readCell(boolean keep) throws IOException {
        length = 0;
        if (next == '"') {
            readQuoted(keep);
        } else {
            readPlain(keep);
        }
        return keep ? new String(text, 0, length) : "";
    }

    private void readPlain(boolean keep) throws IOException {
        while (next != ',' && next != '\n' && next != '\r' && next != END) {
            if (next == '"') {
                throw bad("a cell with a quotation mark has to be quoted");
            }
            append(take(), keep);
        }
    }

    private void readQuoted(boolean keep) throws IOException {
        long atLine = line;
        long atColumn = column;
        take();
        while (true) {
            if (next == END) {
                throw bad(atLine, atColumn, "the quotation mark is never closed");
            }
            char c = take();
            if (c == '"') {
                if (next != '"') {
                    break;
                }
                take();
            }
            append(c, keep);
        }
        if (next != ',' && next != '\n' && next != '\r' && next != END) {
            throw bad("there is text after the closing quotation mark");
        }
    }

    private void append(char c, boolean keep) throws BadDataset {
        if (!keep) {
            return;
        }
        if (length == LONGEST_CELL) {
            throw bad("the cell is longer than %d characters".formatted(LONGEST_CELL));
        }
        if (length == text.length) {
            text = Arrays.copyOf(text, length * 2);
        }
        text[length++] = c;
    }

    private void takeEmptyLines() throws IOException {
        while (next == '\n' || next == '\r') {
            take();
        }
    }

    private boolean takeComma() throws IOException {
        if (next != ',') {
            return false;
        }
        take();
        return true;
    }

    private void takeLineEnd() throws IOException {
        if (next != END && take() == '\r' && next == '\n') {
            take();
        }
    }

    /** Takes a character. Afterwards, line and column are those of the next one. */
    private char take() throws IOException {
        char c = (char) next;
        if (c == '\n' && taken == '\r') {
            column = 1;
        } else if (c == '\n' || c == '\r') {
            line++;
            column = 1;
        } else if (!Character.isLowSurrogate(c)) {
            column++;
        }
        taken = c;
        peekNext();
        return c;
    }

    private void peekNext() throws IOException {
        try {
            next = in.read();
        } catch (CharacterCodingException e) {
            BadDataset bad = bad("the text is not UTF-8");
            bad.initCause(e);
            throw bad;
        }
    }

    private BadDataset bad(String problem) {
        return bad(line, column, problem);
    }

    private BadDataset bad(long atLine, long atColumn, String problem) {
        return new BadDataset(file, atLine, atColumn, problem);
    }

    @Override
    public void close() throws IOException {
        Arrays.fill(cells, null);
        in.close();
    }
}
