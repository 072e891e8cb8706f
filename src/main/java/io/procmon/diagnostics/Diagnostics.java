package io.procmon.diagnostics;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The diagnostics of a tool or a program.
 *
 * @param list the diagnostics in the tool's order, at most {@value #MOST}; if there are more, errors come before warnings
 * @param errors the number of errors; a lower bound if the text is incomplete
 * @param warnings the number of warnings; a lower bound if the text is incomplete
 * @param crash the place where a signal ended the program, if it is known
 */
public record Diagnostics(List<Diagnostic> list, int errors, int warnings, Optional<Crash> crash) {

    /** The most diagnostics of an event. */
    public static final int MOST = 20;

    /** No diagnostics. */
    public static final Diagnostics NONE = new Diagnostics(List.of(), 0, 0);

    /** The {@link Diagnostic#tool tool} of a crash. */
    public static final String CRASH = "crash";

    /** Rejects a list that is too long. */
    public Diagnostics {
        list = List.copyOf(list);
        if (list.size() > MOST) {
            throw new IllegalArgumentException("too many diagnostics: " + list.size());
        }
    }

    /** Diagnostics without a crash. */
    public Diagnostics(List<Diagnostic> list, int errors, int warnings) {
        this(list, errors, warnings, Optional.empty());
    }

    /**
     * The same with a crash. The crash also becomes an error, so that readers of the diagnostics alone see it. The exception
     * is a program that has reported an error in the same line itself, as assertions do.
     */
    public Diagnostics with(Crash found) {
        Optional<Diagnostic> error = found.diagnostic()
                .filter(it -> list.stream()
                        .noneMatch(other -> other.isError() && other.line().equals(it.line())));
        if (error.isEmpty()) {
            return new Diagnostics(list, errors, warnings, Optional.of(found));
        }
        List<Diagnostic> all =
                Stream.concat(error.stream(), list.stream()).limit(MOST).toList();
        return new Diagnostics(all, errors + 1, warnings, Optional.of(found));
    }

    /** Whether there are no errors and no warnings. */
    public boolean isEmpty() {
        return errors == 0 && warnings == 0;
    }

    /** The errors. */
    public List<Diagnostic> onlyErrors() {
        return list.stream().filter(Diagnostic::isError).toList();
    }

    /** The same with the names in files and messages replaced, because both can contain the student's name. */
    public Diagnostics renamed(UnaryOperator<String> names) {
        return list.isEmpty() && crash.isEmpty()
                ? this
                : new Diagnostics(
                        list.stream().map(it -> it.renamed(names)).toList(),
                        errors,
                        warnings,
                        crash.map(it -> it.renamed(names)));
    }

    /** The diagnostics of two parts of one build. */
    public Diagnostics and(Diagnostics other) {
        return new Diagnostics(
                Stream.concat(list.stream(), other.list.stream()).limit(MOST).toList(),
                errors + other.errors,
                warnings + other.warnings,
                crash.or(other::crash));
    }

    /**
     * The first diagnostics with shortened texts, and without the frames of a crash; errors come before warnings.
     *
     * @param most the most diagnostics
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

    /** The part that may be kept at a level. */
    public Diagnostics at(DiagnosticsLevel level) {
        return switch (level) {
            case OFF -> NONE;
            case TYPES ->
                new Diagnostics(list.stream().map(Diagnostic::withoutTexts).toList(), errors, warnings);
            case MESSAGES, TEXT -> this;
        };
    }
}
