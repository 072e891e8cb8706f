package io.procmon.classroom.progsnap2;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Validates a data set by the specification of the format. It uses no code of procmon, and has its own CSV reader. */
final class Validator {

    private static final Pattern TIMESTAMP =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?(Z|[+-]\\d\\d:?\\d\\d)");

    private final Map<String, List<String>> specification = new HashMap<>();
    private final Map<String, List<String>> columnsOf = new HashMap<>();
    private final Map<String, List<String>> enumerations = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    Validator() throws IOException {
        try (InputStream file = Validator.class.getResourceAsStream("/progsnap2/v1.0.txt")) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Arrays.asList(line.split(" ", -1)))
                    .forEach(this::learn);
        }
    }

    private void learn(List<String> words) {
        switch (words.getFirst()) {
            case "enum" -> enumerations.put(words.get(1), words.subList(2, words.size()));
            case "event" -> columnsOf.put(words.get(1), words.subList(2, words.size()));
            default -> specification.put(words.getFirst(), words.subList(1, words.size()));
        }
    }

    /** The errors of a data set. */
    List<String> problemsOf(Path directory) throws IOException {
        metadata(rows(directory.resolve("DatasetMetadata.csv")));
        Set<String> ids = mainTable(rows(directory.resolve("MainTable.csv")));
        if (!Files.isDirectory(directory.resolve("CodeStates"))) {
            problems.add("there are no CodeStates");
        }
        for (Map<String, String> row : rows(directory.resolve("LinkTables/LinkEvent.csv"))) {
            check(ids.contains(row.get("EventID")), "a link to an event that is not there: " + row.get("EventID"));
        }
        return problems;
    }

    private void metadata(List<Map<String, String>> rows) {
        for (Map<String, String> row : rows) {
            String property = row.get("Property");
            check(specification.get("metadata").contains(property), "unknown property " + property);
            value(property, row.get("Value"));
            if (property.equals("Version")) {
                check(row.get("Value").equals("1.0"), "version " + row.get("Value"));
            }
            if (property.equals("EventOrderScopeColumns")) {
                check(universal().containsAll(List.of(row.get("Value").split(";", -1))), "scope " + row.get("Value"));
            }
        }
    }

    private Set<String> mainTable(List<Map<String, String>> rows) {
        Set<String> ids = new HashSet<>();
        Map<String, Integer> orders = new HashMap<>();
        for (Map<String, String> row : rows) {
            String id = row.get("EventID");
            check(!id.isEmpty() && ids.add(id), "an event id twice, or none: " + id);
            List<String> own = columnsOf.get(row.get("EventType"));
            if (own == null) {
                problems.add("unknown event type " + row.get("EventType"));
                continue;
            }
            for (Map.Entry<String, String> cell : row.entrySet()) {
                if (!cell.getValue().isEmpty()) {
                    check(
                            universal().contains(cell.getKey()) || names(own).contains(cell.getKey()),
                            "%s has no column %s".formatted(row.get("EventType"), cell.getKey()));
                    value(cell.getKey(), cell.getValue());
                }
            }
            own.stream()
                    .filter(column -> column.endsWith("!"))
                    .forEach(column -> check(
                            !row.getOrDefault(column.substring(0, column.length() - 1), "")
                                    .isEmpty(),
                            "%s lacks %s".formatted(row.get("EventType"), column)));
            specification.get("universal").stream()
                    .filter(column -> column.endsWith("!"))
                    .forEach(column -> check(
                            row.containsKey(column.substring(0, column.length() - 1)), "there is no column " + column));
            check(!row.get("SubjectID").isEmpty() && !row.get("ToolInstances").isEmpty(), "no subject or tool: " + id);
            int order = Integer.parseInt(row.get("Order"));
            Integer before = orders.put(row.get("SubjectID"), order);
            check(before == null || before < order, "out of order: " + id);
        }
        return ids;
    }

    private void value(String column, String value) {
        List<String> allowed = enumerations.get(column);
        check(allowed == null || allowed.contains(value), "%s is no %s".formatted(value, column));
        if (specification.get("boolean").contains(column)) {
            check(value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false"), column + " is " + value);
        }
        if (specification.get("integer").contains(column)) {
            check(value.matches("\\d+"), column + " is " + value);
        }
        if (specification.get("timestamp").contains(column)) {
            check(TIMESTAMP.matcher(value).matches() && isTime(value), column + " is " + value);
        }
    }

    private static boolean isTime(String value) {
        try {
            OffsetDateTime.parse(value, DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSSSSS][XX]"));
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }

    private List<String> universal() {
        return names(specification.get("universal"));
    }

    private static List<String> names(List<String> columns) {
        return columns.stream().map(column -> column.replace("!", "")).toList();
    }

    private void check(boolean right, String problem) {
        if (!right) {
            problems.add(problem);
        }
    }

    /** A table, each row by its columns' names. */
    static List<Map<String, String>> rows(Path file) throws IOException {
        List<List<String>> records = records(Files.readString(file));
        List<String> head = records.getFirst();
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> record : records.subList(1, records.size())) {
            if (record.size() != head.size()) {
                throw new IOException("a row of %d cells in a table of %d".formatted(record.size(), head.size()));
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < head.size(); i++) {
                row.put(head.get(i), record.get(i));
            }
            rows.add(row);
        }
        return rows;
    }

    /** Parses RFC 4180, one character at a time. */
    private static List<List<String>> records(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                record.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    records.add(List.copyOf(record));
                    record.clear();
                }
            } else {
                cell.append(c);
            }
        }
        return records;
    }
}
