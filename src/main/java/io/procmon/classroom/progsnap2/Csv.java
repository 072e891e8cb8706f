package io.procmon.classroom.progsnap2;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A line of a table: RFC 4180, but with a line feed alone, as the format's tools write it. A cell that a spreadsheet would compute as a formula begins with an apostrophe: names
 * of files are a student's to choose, and a teacher opens the table.
 */
final class Csv {

    /** Also the full-width forms, and white space, which spreadsheets skip. */
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
