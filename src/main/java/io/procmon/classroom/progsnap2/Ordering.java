package io.procmon.classroom.progsnap2;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The declaration of the column {@code Order} in {@code DatasetMetadata.csv}: which events it can compare.
 *
 * @param usable whether it can compare any events
 * @param columns it compares only events that have the same values in these columns
 */
record Ordering(boolean usable, List<String> columns) {

    static final String FILE = "DatasetMetadata.csv";

    /** The default of the format: {@code Order} determines no ordering. */
    static final Ordering NONE = new Ordering(false, List.of());

    private static final String SCOPE = "EventOrderScope";
    private static final String COLUMNS = "EventOrderScopeColumns";
    private static final Set<String> SCOPES = Set.of("Global", "Restricted", "None", "");

    static Ordering read(InputStream in) throws IOException {
        Map<String, String> values = new HashMap<>();
        try (CsvReader table = new CsvReader(FILE, in)) {
            int property = required(table, "Property");
            int value = required(table, "Value");
            while (table.next()) {
                String name = table.cell(property);
                if (values.put(name, table.cell(value)) != null) {
                    throw table.bad(property, "the property %s is there twice".formatted(CsvReader.quoted(name)));
                }
                if (name.equals(SCOPE) && !SCOPES.contains(table.cell(value))) {
                    throw table.bad(
                            value,
                            "%s is %s, but has to be Global, Restricted or None"
                                    .formatted(SCOPE, CsvReader.quoted(table.cell(value))));
                }
            }
            return of(table, values);
        }
    }

    private static Ordering of(CsvReader table, Map<String, String> values) throws BadDataset {
        return switch (values.getOrDefault(SCOPE, "")) {
            case "Global" -> new Ordering(true, List.of());
            case "Restricted" -> {
                String columns = values.getOrDefault(COLUMNS, "");
                if (columns.isBlank()) {
                    throw table.badHeader("%s is Restricted, so %s has to name columns".formatted(SCOPE, COLUMNS));
                }
                yield new Ordering(
                        true,
                        List.of(columns.split(";", -1)).stream()
                                .map(String::strip)
                                .toList());
            }
            default -> NONE;
        };
    }

    private static int required(CsvReader table, String title) throws BadDataset {
        int index = table.indexOf(title);
        if (index < 0) {
            throw table.badHeader("there is no column %s".formatted(title));
        }
        return index;
    }
}
