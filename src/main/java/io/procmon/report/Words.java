package io.procmon.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds out whether a text contains one of several words, in one pass and in upper or lower case. */
final class Words {

    private static final int ASCII = 128;

    /** The words by their first character; null where no word begins. */
    private final List<String>[] byFirst;

    /** @param words not empty, with a first character of ASCII */
    @SuppressWarnings({"unchecked", "rawtypes"})
    Words(List<String> words) {
        byFirst = new List[ASCII];
        for (String word : words) {
            String lower = word.toLowerCase(Locale.ROOT);
            if (lower.isEmpty() || lower.charAt(0) >= ASCII) {
                throw new IllegalArgumentException("'%s' does not begin with a character of ASCII".formatted(word));
            }
            char first = lower.charAt(0);
            if (byFirst[first] == null) {
                byFirst[first] = new ArrayList<>();
                byFirst[Character.toUpperCase(first)] = byFirst[first];
            }
            byFirst[first].add(lower);
        }
    }

    boolean areIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            char first = text.charAt(i);
            if (first < ASCII && byFirst[first] != null && isAnyAt(text, i, byFirst[first])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAnyAt(String text, int index, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (text.regionMatches(true, index, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }
}
