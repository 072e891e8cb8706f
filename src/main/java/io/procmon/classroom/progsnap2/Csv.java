package io.procmon.classroom.progsnap2;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes a row of a table as RFC 4180 describes it, but with a line feed alone, as the format's tools do. A cell that a
 * spreadsheet would read as a formula gets an apostrophe at its beginning. Reason: a student chooses the names of
 * files, and a teacher opens the table.
 */
final class Csv {

    /** The characters that begin a formula. Spreadsheets also accept the full-width forms, and skip white space. */
    private static final String BEGINS_A_FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(?:\\.[0-9]+)?");

    private Csv() {}

    static String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        String separator = "";
        for (String cell : cells) {
            line.append(separator).append(cell(cell));
            separator = ",";
        }
        return line.append('\n').toString();
    }

    private static String cell(String value) {
        String text = isFormula(value) ? "'" + value : value;
        return isQuoted(text) ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private static boolean isQuoted(String text) {
        return text.indexOf(',') >= 0 || text.indexOf('"') >= 0 || text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }

    private static boolean isFormula(String value) {
        return !value.isEmpty()
                && BEGINS_A_FORMULA.indexOf(value.charAt(0)) >= 0
                && !NUMBER.matcher(value).matches();
    }
}
