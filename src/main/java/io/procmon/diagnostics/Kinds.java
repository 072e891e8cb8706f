package io.procmon.diagnostics;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The meaning of a diagnostic's KIND, in all languages of the compilers' catalogues. */
final class Kinds {

    /** The meaning of a kind that is not a severity. */
    private static final String NOTE = "note";

    private final Map<String, Optional<Severity>> words = new HashMap<>();

    /**
     * @param lines lines of the form {@code error = error, Fehler, ...}, {@code warning = ...} or {@code note = ...}
     */
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

    /** Whether a word introduces a note or a remark. */
    boolean isNote(String kind) {
        return words.getOrDefault(key(kind), Optional.of(Severity.ERROR)).isEmpty();
    }

    /** The severity of a kind; empty for a note and for an unknown word. */
    Optional<Severity> severity(String kind) {
        return words.getOrDefault(key(kind), Optional.empty());
    }

    private static String key(String kind) {
        return kind.strip().toLowerCase(Locale.ROOT);
    }
}
