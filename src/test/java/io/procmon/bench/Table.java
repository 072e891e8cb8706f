package io.procmon.bench;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Text in columns: the first is a title, the others are numbers. */
final class Table {

    private Table() {}

    static String of(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder("%%-%ds".formatted(widths[0]).formatted(row.getFirst()));
        for (int column = 1; column < row.size(); column++) {
            line.append("  ").append("%%%ds".formatted(widths[column]).formatted(row.get(column)));
        }
        return line.append(System.lineSeparator()).toString();
    }
}
