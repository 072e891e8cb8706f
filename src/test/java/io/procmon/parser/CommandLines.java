package io.procmon.parser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads tables of command lines: one on each line; {@code #} begins a comment; arguments may be in single quotes. */
final class CommandLines {

    private static final Pattern ARGUMENT = Pattern.compile("(?:'[^']*'|[^\\s'])+");

    private CommandLines() {}

    static List<String> lines(String table) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(CommandLines.class.getResourceAsStream("/commands/" + table), table),
                StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> arguments(String line) {
        return ARGUMENT.matcher(line)
                .results()
                .map(MatchResult::group)
                .map(argument -> argument.replace("'", ""))
                .toList();
    }
}
