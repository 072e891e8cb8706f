package io.procmon.classroom.progsnap2;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\n"));
    }

    private static String cell(String value) {
        String text = isFormula(value) ? "'" + value : value;
        return text.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }

    private static boolean isFormula(String value) {
        return !value.isEmpty()
                && BEGINS_A_FORMULA.indexOf(value.charAt(0)) >= 0
                && !NUMBER.matcher(value).matches();
    }
}
