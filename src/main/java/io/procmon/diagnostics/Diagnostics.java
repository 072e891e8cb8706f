package io.procmon.diagnostics;

import java.util.List;

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
