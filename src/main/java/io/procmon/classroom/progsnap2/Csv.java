package io.procmon.classroom.progsnap2;

import java.util.List;
import java.util.stream.Collectors;

/** A line of a table: RFC 4180, but with a line feed alone, as the format's tools write it. */
final class Csv {

    private Csv() {}

    static String line(List<String> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\n"));
    }

    private static String cell(String text) {
        return text.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }
}
