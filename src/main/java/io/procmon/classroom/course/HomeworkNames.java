package io.procmon.classroom.course;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lists the names that a regular expression matches, if it is written as a list of names: with letters, digits,
 * {@code _} and {@code -}, classes such as {@code [3-4]}, groups, alternatives and {@code ?}. Anything that stands for
 * any character or for any number, such as {@code .}, {@code *}, {@code \d} or {@code [0-9]}, is no list.
 */
final class HomeworkNames {

    /** More names than a course has homeworks are no list. */
    private static final int NAMES_MAX = 20;

    /** A longer pattern is no list. This bounds the depth of groups, too. */
    private static final int LENGTH_MAX = 200;

    private static final String DIGITS = "0123456789";
    private static final String LITERALS = "_-";

    private final String text;
    private int at;

    private HomeworkNames(String text) {
        this.text = text;
    }

    /** The names, in the order of the pattern; empty if it is no list. */
    static List<String> of(Pattern pattern) {
        if (pattern.pattern().length() > LENGTH_MAX) {
            return List.of();
        }
        HomeworkNames reader = new HomeworkNames(pattern.pattern());
        Optional<Set<String>> names = reader.alternatives();
        return names.filter(_ -> reader.isAtEnd()).orElse(Set.of()).stream()
                .filter(name -> !name.isEmpty() && pattern.matcher(name).matches())
                .toList();
    }

    private Optional<Set<String>> alternatives() {
        Set<String> names = new LinkedHashSet<>();
        do {
            Optional<Set<String>> more = sequence();
            if (more.isEmpty()) {
                return Optional.empty();
            }
            names.addAll(more.get());
        } while (skip('|'));
        return limited(names);
    }

    private Optional<Set<String>> sequence() {
        Optional<Set<String>> names = Optional.of(Set.of(""));
        while (names.isPresent() && !isAtEnd() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            Set<String> before = names.get();
            names = atom().map(this::orNothing).flatMap(after -> joined(before, after));
        }
        return names;
    }

    private Optional<Set<String>> atom() {
        char next = text.charAt(at++);
        return switch (next) {
            case '^', '$' -> Optional.of(Set.of(""));
            case '[' -> characters();
            case '(' -> group();
            case '\\' -> escaped();
            default -> isLiteral(next) ? Optional.of(Set.of(Character.toString(next))) : Optional.empty();
        };
    }

    private Set<String> orNothing(Set<String> names) {
        if (!skip('?')) {
            return names;
        }
        Set<String> all = new LinkedHashSet<>(Set.of(""));
        all.addAll(names);
        return all;
    }

    private Optional<Set<String>> group() {
        if (skip('?') && !skip(':')) {
            return Optional.empty();
        }
        return alternatives().filter(_ -> skip(')'));
    }

    /** A punctuation mark. A letter or a digit after a backslash has another meaning. */
    private Optional<Set<String>> escaped() {
        return isAtEnd() || Character.isLetterOrDigit(text.charAt(at))
                ? Optional.empty()
                : Optional.of(Set.of(Character.toString(text.charAt(at++))));
    }

    private Optional<Set<String>> characters() {
        Set<String> all = new LinkedHashSet<>();
        while (!skip(']')) {
            if (isAtEnd() || !isLiteral(text.charAt(at))) {
                return Optional.empty();
            }
            char from = text.charAt(at++);
            char to = from;
            if (at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
                to = text.charAt(at + 1);
                at += 2;
            }
            if (!isLiteral(to) || to - from >= NAMES_MAX) {
                return Optional.empty();
            }
            for (char character = from; character <= to; character++) {
                all.add(Character.toString(character));
            }
        }
        boolean isAnyDigit = DIGITS.chars().allMatch(digit -> all.contains(Character.toString(digit)));
        return isAnyDigit ? Optional.empty() : limited(all);
    }

    private static Optional<Set<String>> joined(Set<String> before, Set<String> after) {
        if (before.size() * after.size() > NAMES_MAX) {
            return Optional.empty();
        }
        Set<String> names = new LinkedHashSet<>();
        before.forEach(head -> after.forEach(tail -> names.add(head + tail)));
        return Optional.of(names);
    }

    private static Optional<Set<String>> limited(Set<String> names) {
        return names.size() > NAMES_MAX ? Optional.empty() : Optional.of(names);
    }

    private static boolean isLiteral(char character) {
        return Character.isLetterOrDigit(character) || LITERALS.indexOf(character) >= 0;
    }

    private boolean skip(char expected) {
        if (isAtEnd() || text.charAt(at) != expected) {
            return false;
        }
        at++;
        return true;
    }

    private boolean isAtEnd() {
        return at == text.length();
    }
}
