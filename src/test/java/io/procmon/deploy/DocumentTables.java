package io.procmon.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables of the documents. */
final class DocumentTables {

    private static final Pattern METRIC =
            Pattern.compile("\\| `(procmon_[a-z_]+)(?:\\{[a-z,]+})?` \\| (counter|gauge|histogram) \\| .+ \\|");
    private static final Pattern VARIABLE = Pattern.compile("\\| `[a-z][a-z0-9.*-]+` \\| `([A-Z_*0-9]+)` \\|.*");

    private static final Pattern FIRST_CELL = Pattern.compile("\\| `([^`]+)` \\|.*");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Path DOCUMENTS = Path.of("src/site/markdown");

    private DocumentTables() {}

    /** The type of each metric, by its name. */
    static Map<String, String> metrics() {
        return rows("operate.md", METRIC)
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2), (one, _) -> one, TreeMap::new));
    }

    /** The environment variables that procmon reads. */
    static Set<String> variables() {
        return rows("configuration.md", VARIABLE).map(row -> row.group(1)).collect(Collectors.toSet());
    }

    /** The names in the first columns of the tables below a heading, up to the next heading. */
    static List<String> names(String document, String heading) {
        List<String> lines = lines(document);
        return lines.stream()
                .skip(lines.indexOf(heading) + 1L)
                .takeWhile(line -> !line.startsWith("#"))
                .map(FIRST_CELL::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1))
                .toList();
    }

    /** The names in backticks in a row, after its first cell. */
    static List<String> quoted(String document, String row) {
        String first = "| `" + row + "` |";
        return lines(document).stream()
                .filter(line -> line.startsWith(first))
                .flatMap(line -> QUOTED.matcher(line.substring(first.length())).results())
                .map(name -> name.group(1))
                .toList();
    }

    private static Stream<MatchResult> rows(String document, Pattern row) {
        return lines(document).stream()
                .map(row::matcher)
                .filter(Matcher::matches)
                .map(Matcher::toMatchResult);
    }

    private static List<String> lines(String document) {
        try {
            return Files.readAllLines(DOCUMENTS.resolve(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
