package io.procmon.diagnostics;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a diagnostic's KIND means, in the languages that the compilers' catalogues have. */
final class Kinds {

    /** What a kind is, beside a severity. */
    private static final String NOTE = "note";

    private final Map<String, Optional<Severity>> words = new HashMap<>();

    /** @param lines each {@code error = error, Fehler, ...}, {@code warning = ...} or {@code note = ...} */
    Kinds(List<String> lines) {
        for (String line : lines) {
            String[] sides = line.split(" = ", 2);
            Optional<Severity> severity = sides[0].equals(NOTE)
                    ? Optional.empty()
                    : Optional.of(Severity.valueOf(sides[0].toUpperCase(Locale.ROOT)));
            for (String word : sides[1].split(", ", -1)) {
                words.put(word.toLowerCase(Locale.ROOT), severity);
            }
        }
    }

    /** Whether a word is known to introduce a note or a remark. */
    boolean isNote(String kind) {
        return words.getOrDefault(key(kind), Optional.of(Severity.ERROR)).isEmpty();
    }

    /** The severity of a kind; empty for a note and for a word that nobody knows. */
    Optional<Severity> severity(String kind) {
        return words.getOrDefault(key(kind), Optional.empty());
    }

    private static String key(String kind) {
        return kind.strip().toLowerCase(Locale.ROOT);
    }
}
