package io.procmon.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the README's tables promise. */
final class Readme {

    private static final Pattern METRIC =
            Pattern.compile("\\| `(procmon_[a-z_]+)(?:\\{[a-z,]+})?` \\| (counter|gauge|histogram) \\| .+ \\|");
    private static final Pattern VARIABLE = Pattern.compile("\\| `[a-z][a-z0-9.*-]+` \\| `([A-Z_*0-9]+)` \\|.*");

    private Readme() {}

    /** The type of each metric, by its name. */
    static Map<String, String> metrics() {
        return rows(METRIC)
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2), (one, _) -> one, TreeMap::new));
    }

    /** The environment variables that procmon reads. */
    static Set<String> variables() {
        return rows(VARIABLE).map(row -> row.group(1)).collect(Collectors.toSet());
    }

    private static Stream<MatchResult> rows(Pattern row) {
        try (Stream<String> lines = Files.lines(Path.of("README.md"))) {
            return lines
                    .map(row::matcher)
                    .filter(line -> line.matches())
                    .map(line -> line.toMatchResult())
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
