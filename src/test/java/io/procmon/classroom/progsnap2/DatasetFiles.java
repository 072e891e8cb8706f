package io.procmon.classroom.progsnap2;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Writes small data sets for tests. */
final class DatasetFiles {

    private DatasetFiles() {}

    /** The main table, each row a text whose cells are separated by a space; _ is an empty cell. */
    static void mainTable(Path directory, String... rows) throws IOException {
        StringBuilder table = new StringBuilder();
        for (String row : rows) {
            List<String> cells = Arrays.stream(row.strip().split(" +", -1))
                    .map(cell -> cell.equals("_") ? "" : cell)
                    .toList();
            table.append(Csv.line(cells));
        }
        Files.writeString(directory.resolve("MainTable.csv"), table);
    }

    static void metadata(Path directory, String scope, String columns) throws IOException {
        Files.writeString(
                directory.resolve("DatasetMetadata.csv"),
                "Property,Value\nVersion,1.0\nEventOrderScope,%s\nEventOrderScopeColumns,%s\n"
                        .formatted(scope, columns));
    }
}
