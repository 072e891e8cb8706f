package io.procmon.diagnostics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Derives the type of a message, which is equal for equal mistakes with other names. Quoted names become {@code _} and
 * numbers become {@code N}; quoted punctuation and keywords stay. A table of aliases gives one type to equivalent
 * messages of several compilers and versions.
 */
final class ErrorTypes {

    /** The most characters of a type. */
    static final int LENGTH = 120;

    private static final String OPENING = "'\"`‘“«»„「『";
    private static final String CLOSING = "'\"'’”»«“」』";
    private static final List<String> SUGGESTIONS =
            List.of("did you mean", "did you forget", "maybe you meant", "perhaps you forgot a comma");

    private record Alias(String type, Template message) {}

    private final List<Alias> aliases;
    private final Set<String> keywords;

    private ErrorTypes(List<Alias> aliases, Set<String> keywords) {
        this.aliases = aliases;
        this.keywords = Set.copyOf(keywords);
    }

    /** The same types for a language with other keywords. A keyword of one language is a usual name in another. */
    ErrorTypes with(Set<String> others) {
        return new ErrorTypes(aliases, others);
    }

    /**
     * The types of a language.
     *
     * @param table lines of the form {@code type <- message without names}
     * @param keywords the keywords of the language; they stay in a type
     */
    static ErrorTypes of(List<String> table, Set<String> keywords) {
        List<Alias> aliases = new ArrayList<>();
        for (String line : table) {
            int arrow = line.indexOf(" <- ");
            if (arrow < 0) {
                throw new IllegalArgumentException("an alias needs ' <- ': " + line);
            }
            aliases.add(new Alias(
                    line.substring(0, arrow).strip(),
                    new Template(line.substring(arrow + 4).strip())));
        }
        return new ErrorTypes(List.copyOf(aliases), keywords);
    }

    /** The type of a message. */
    String of(String message) {
        return alias(generalised(message));
    }

    /** The type that replaces another one; that type itself if there is no alias. */
    String alias(String general) {
        for (Alias alias : aliases) {
            if (alias.message().match(general).isPresent()) {
                return alias.type();
            }
        }
        return general;
    }

    /** A message without its names and numbers. */
    String generalised(String message) {
        StringBuilder general = new StringBuilder();
        String text = withoutSuggestion(message);
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = quoteEnd(text, at);
            if (end > at) {
                general.append(quoted(text.substring(at + 1, end)));
                at = end + 1;
            } else if (isDigit(c) && isBoundary(text, at - 1)) {
                general.append('N');
                at = numberEnd(text, at);
            } else if (Character.isWhitespace(c)) {
                if (!general.isEmpty() && general.charAt(general.length() - 1) != ' ') {
                    general.append(' ');
                }
                at++;
            } else {
                general.append(c);
                at++;
            }
        }
        String trimmed = withoutAka(general.toString()).strip();
        return trimmed.length() <= LENGTH
                ? trimmed
                : trimmed.substring(0, LENGTH).strip();
    }

    /**
     * The end of the quotation that begins here; -1 if none begins. An apostrophe within a word is not a quotation
     * mark.
     */
    private static int quoteEnd(String text, int at) {
        int kind = OPENING.indexOf(text.charAt(at));
        if (kind < 0 || (text.charAt(at) == '\'' && !isBoundary(text, at - 1))) {
            return -1;
        }
        char closing = CLOSING.charAt(kind);
        int end = text.indexOf(closing, at + 1);
        int backquote = text.charAt(at) == '`' ? text.indexOf('`', at + 1) : -1;
        if (backquote >= 0 && (end < 0 || backquote < end)) {
            return backquote; // rustc uses the same quotation mark at both ends
        }
        if (end == at + 1 && text.startsWith(String.valueOf(closing), at + 2)) {
            return at + 2; // a quotation mark in quotes
        }
        return end;
    }

    private String quoted(String quotation) {
        String content = quotation.strip();
        boolean kept = !content.isEmpty()
                && (keywords.contains(content) || content.chars().noneMatch(Character::isLetterOrDigit));
        return kept && !content.contains("_") ? "'" + content + "'" : "_";
    }

    private static String withoutSuggestion(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        int end = message.length();
        for (String suggestion : SUGGESTIONS) {
            int at = lower.indexOf(suggestion);
            if (at > 0 && lower.length() == message.length()) {
                end = Math.min(end, at);
            }
        }
        while (end > 0 && end < message.length() && " ;,.(?".indexOf(message.charAt(end - 1)) >= 0) {
            end--;
        }
        return message.substring(0, end);
    }

    /** Treats {@code _ {aka _}} of gcc and {@code _ (aka _)} of clang as one name. */
    private static String withoutAka(String text) {
        return text.replace(" {aka _}", "").replace(" (aka _)", "");
    }

    private static boolean isBoundary(String text, int at) {
        return at < 0 || (!Character.isLetterOrDigit(text.charAt(at)) && text.charAt(at) != '_');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The end of a number: digits, hexadecimal digits, and a decimal point between digits. */
    private static int numberEnd(String text, int from) {
        int at = from + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean point = c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1));
            if (!point && !Character.isLetterOrDigit(c)) {
                break;
            }
            at++;
        }
        return at;
    }
}
