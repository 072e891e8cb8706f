package io.procmon.diagnostics;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a tool or a program complained of.
 *
 * @param list in the tool's order, at most {@value #MOST}; where there are more, the first errors come before warnings
 * @param errors how many errors there were; at least so many, where the text is incomplete
 * @param warnings how many warnings there were; at least so many, where the text is incomplete
 */
public record Diagnostics(List<Diagnostic> list, int errors, int warnings) {

    /** As many diagnostics as an event has. */
    public static final int MOST = 20;

    /** Nothing was said. */
    public static final Diagnostics NONE = new Diagnostics(List.of(), 0, 0);

    /** Rejects a list that is too long. */
    public Diagnostics {
        list = List.copyOf(list);
        if (list.size() > MOST) {
            throw new IllegalArgumentException("too many diagnostics: " + list.size());
        }
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return errors == 0 && warnings == 0;
    }

    /** The errors. */
    public List<Diagnostic> onlyErrors() {
        return list.stream().filter(Diagnostic::isError).toList();
    }

    /** The same with other names for its files, and other words in its messages: both can name the student. */
    public Diagnostics renamed(UnaryOperator<String> names) {
        return list.isEmpty()
                ? this
                : new Diagnostics(list.stream().map(it -> it.renamed(names)).toList(), errors, warnings);
    }

    /** What two parts of one build complained of. */
    public Diagnostics and(Diagnostics other) {
        return new Diagnostics(
                Stream.concat(list.stream(), other.list.stream()).limit(MOST).toList(),
                errors + other.errors,
                warnings + other.warnings);
    }

    /**
     * The first diagnostics, with the beginnings of their texts; errors come before warnings.
     *
     * @param most how many
     * @param length the most characters of each text
     */
    public Diagnostics clipped(int most, int length) {
        List<Diagnostic> first = list.size() <= most
                ? list
                : Stream.concat(
                                list.stream().filter(Diagnostic::isError),
                                list.stream().filter(it -> !it.isError()))
                        .limit(most)
                        .toList();
        return new Diagnostics(first, errors, warnings)
                .renamed(text -> text.length() <= length ? text : text.substring(0, length));
    }

    /** What may be kept of it at a level. */
    public Diagnostics at(DiagnosticsLevel level) {
        return switch (level) {
            case OFF -> NONE;
            case TYPES ->
                new Diagnostics(list.stream().map(Diagnostic::withoutTexts).toList(), errors, warnings);
            case MESSAGES, TEXT -> this;
        };
    }
}
