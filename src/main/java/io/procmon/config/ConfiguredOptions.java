package io.procmon.config;

import io.procmon.process.OptionGrammar;
import io.procmon.process.OptionGrammar.Letter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The option syntax of a configured tool.
 *
 * @param key the key below {@code procmon.tools}
 * @param said the syntax of the tool and of similar tools; the first one that has a value applies
 */
record ConfiguredOptions(String key, List<ProcmonConfig.Options> said) {

    OptionGrammar grammar() {
        return new OptionGrammar(
                find(ProcmonConfig.Options::prefixes).orElse("-"),
                letters(find(ProcmonConfig.Options::letters).orElse("")),
                words(ProcmonConfig.Options::alone),
                words(ProcmonConfig.Options::values),
                find(ProcmonConfig.Options::end).map(Set::copyOf).orElse(Set.of("--")),
                words(ProcmonConfig.Options::asks),
                words(ProcmonConfig.Options::inline),
                words(ProcmonConfig.Options::module),
                words(ProcmonConfig.Options::file),
                words(ProcmonConfig.Options::output),
                words(ProcmonConfig.Options::directory),
                find(ProcmonConfig.Options::complete).orElse(false));
    }

    private Set<String> words(Function<ProcmonConfig.Options, Optional<List<String>>> getter) {
        return Set.copyOf(find(getter).orElse(List.of()));
    }

    private <T> Optional<T> find(Function<ProcmonConfig.Options, Optional<T>> getter) {
        return said.stream().map(getter).flatMap(Optional::stream).findFirst();
    }

    private Map<Character, Letter> letters(String notation) {
        Map<Character, Letter> letters = new HashMap<>();
        int at = 0;
        while (at < notation.length()) {
            char letter = notation.charAt(at++);
            int end = at;
            while (end < notation.length() && ":#+".indexOf(notation.charAt(end)) >= 0) {
                end++;
            }
            letters.put(letter, kind(notation, notation.substring(at, end)));
            at = end;
        }
        return Map.copyOf(letters);
    }

    private Letter kind(String notation, String mark) {
        return switch (mark) {
            case "" -> Letter.ALONE;
            case ":" -> Letter.VALUE;
            case "::" -> Letter.OPTIONAL_VALUE;
            case "#" -> Letter.NUMBER;
            case "+" -> Letter.NEXT_ARGUMENT;
            default ->
                throw new InvalidConfiguration(
                        "procmon.tools." + key + ".letters",
                        notation,
                        "a letter may be followed by ':', '::', '#', '+' or nothing, not by '%s'".formatted(mark));
        };
    }
}
