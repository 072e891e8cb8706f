package io.procmon.parser.cc;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options that a driver understands, and the languages that it reads off a file's name. */
public final class OptionTable {

    private record Languages(String plain, String plusPlus) {}

    private final Map<String, Option> options = new HashMap<>();
    private final Map<String, Languages> suffixes = new HashMap<>();
    private final int longestName;

    /**
     * Reads a table.
     *
     * @param lines as in {@code parsers/cc.options}; of two for one option, the later one counts
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

    /** The option that an argument is: the longest that fits. Takes no longer for a longer argument. */
    Optional<Option> find(String argument) {
        for (int length = Math.min(longestName, argument.length()); length > 0; length--) {
            Option option = options.get(argument.substring(0, length));
            if (option != null && option.joined(argument).isPresent()) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    /** The language that a file's suffix stands for; empty for what only the linker reads. */
    Optional<String> language(String file, boolean plusPlus) {
        int dot = file.lastIndexOf('.');
        return Optional.ofNullable(dot < 0 ? null : suffixes.get(file.substring(dot)))
                .map(languages -> plusPlus ? languages.plusPlus() : languages.plain());
    }

    /** All options, for tests that ask the compilers about each. */
    Collection<Option> options() {
        return options.values();
    }
}
