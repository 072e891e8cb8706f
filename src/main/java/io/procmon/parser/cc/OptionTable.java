package io.procmon.parser.cc;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options that a driver understands, and the languages for file suffixes. */
public final class OptionTable {

    private record Languages(String plain, String plusPlus) {}

    private final Map<String, Option> options = new HashMap<>();
    private final Map<String, Languages> suffixes = new HashMap<>();
    private final int longestName;

    /**
     * Creates a table.
     *
     * @param lines the lines, as in {@code parsers/cc.options}; of two lines for one option, the later one counts
     */
    public OptionTable(List<String> lines) {
        for (String line : lines) {
            if (line.startsWith("-")) {
                Option option = Option.of(line);
                options.put(option.name(), option);
            } else if (line.startsWith(".")) {
                String[] words = line.split("\\s+", -1);
                suffixes.put(words[0], new Languages(words[1], words[words.length - 1]));
            }
        }
        longestName = options.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    /**
     * Finds the option of an argument: the longest that fits. The time does not grow with the length of the argument.
     */
    Optional<Option> find(String argument) {
        for (int length = Math.min(longestName, argument.length()); length > 0; length--) {
            Option option = options.get(argument.substring(0, length));
            if (option != null && option.joined(argument).isPresent()) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    /** The language for a file's suffix; empty for files that only the linker reads. */
    Optional<String> language(String file, boolean plusPlus) {
        int dot = file.lastIndexOf('.');
        return Optional.ofNullable(dot < 0 ? null : suffixes.get(file.substring(dot)))
                .map(languages -> plusPlus ? languages.plusPlus() : languages.plain());
    }

    /** All options, for tests that check each of them with the compilers. */
    Collection<Option> options() {
        return options.values();
    }
}
