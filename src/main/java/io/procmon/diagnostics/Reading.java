package io.procmon.diagnostics;

import io.procmon.diagnostics.Recipe.Found;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Reads one text line by line. */
final class Reading {

    private static final int LENGTH = 500;

    /** The type of a diagnostic without a message. */
    private static final String UNKNOWN = "unknown";

    /** The code of g++ for all errors that this option turns into warnings. */
    private static final String PERMISSIVE = "-fpermissive";

    /** A place in a file of the homework. */
    private record Place(String file, OptionalInt line, OptionalInt column) {}

    /** A diagnostic that the following lines may complete. */
    private static final class Draft {

        private final int number;
        private final Severity severity;
        private Found found;
        private String message;
        private Optional<String> option;
        private Optional<Place> place = Optional.empty();
        private boolean columnKnown;

        /** Whether the place comes from an earlier line, so that a frame replaces it. */
        private boolean guessed;

        Draft(int number, Found found, Severity severity, String message, Optional<String> option) {
            this.number = number;
            this.found = found;
            this.severity = severity;
            this.message = message;
            this.option = option;
        }
    }

    private final List<Recipe> recipes;
    private final Kinds kinds;
    private final ErrorTypes types;
    private final Places places;
    private final List<Draft> errors = new ArrayList<>();
    private final List<Draft> warnings = new ArrayList<>();
    private int errorCount;
    private int warningCount;

    /** The diagnostic that the next lines belong to. */
    private Optional<Draft> current = Optional.empty();

    /** The place of the next diagnostic. */
    private Optional<Place> before = Optional.empty();

    private boolean traced;

    /** The line of the current diagnostic with its continuations, as long as no other line has followed. */
    private final List<String> wrapped = new ArrayList<>();

    /** What the last line has added. */
    private Optional<Added> added = Optional.empty();

    /** A diagnostic that was added, and the one that was current before. A diagnostic beyond the most is not kept. */
    private record Added(Optional<Draft> draft, Severity severity, Optional<Draft> previous) {}

    Reading(List<Recipe> recipes, Kinds kinds, ErrorTypes types, Places places) {
        this.recipes = recipes;
        this.kinds = kinds;
        this.types = types;
        this.places = places;
    }

    /** Reads the next line. */
    void read(TextLine line) {
        boolean wanting = current.filter(it -> it.message.isEmpty()).isPresent();
        Optional<Found> found = find(line.text(), wanting);
        Optional<Added> quotation = added;
        added = Optional.empty();
        if (found.map(it -> it.rule().action()).filter(Reading::isBelowASource).isPresent()) {
            quotation.ifPresent(this::undo);
        }
        if (found.filter(it -> it.rule().action() == Recipe.Action.WRAPPED).isPresent()) {
            if (!wrapped.isEmpty()) {
                wrapped.add(message(found.get(), line));
            }
            return;
        }
        if (found.filter(it -> it.rule().action() == Recipe.Action.QUOTED).isPresent() && wrapped.size() > 1) {
            wrapped.removeLast();
        }
        unwrap();
        found.ifPresent(it -> apply(it, line));
    }

    /**
     * Whether the line before such a line is a quotation of the source. A comment in it can look like a diagnostic, if
     * the student has copied one.
     */
    private static boolean isBelowASource(Recipe.Action action) {
        return action == Recipe.Action.CARET || action == Recipe.Action.QUOTED;
    }

    private void undo(Added wrong) {
        boolean error = wrong.severity() == Severity.ERROR;
        wrong.draft().ifPresent((error ? errors : warnings)::remove);
        errorCount -= error ? 1 : 0;
        warningCount -= error ? 0 : 1;
        current = wrong.previous();
        wrapped.clear();
    }

    private Optional<Found> find(String line, boolean wanting) {
        return recipes.stream()
                .flatMap(recipe -> recipe.find(line, wanting).stream())
                .findFirst();
    }

    /** Reads the line of the current diagnostic again, with its continuations. */
    private void unwrap() {
        if (wrapped.size() > 1 && current.isPresent()) {
            Draft draft = current.get();
            find(joined(wrapped), false)
                    .filter(it -> it.field("message").isPresent())
                    .ifPresent(it -> {
                        draft.found = it;
                        draft.message = clipped(it.fields().get("message"));
                        draft.option = it.field("option");
                    });
        }
        wrapped.clear();
    }

    /**
     * clang breaks a line at a space only; gcc also within a text such as {@code A::A()}, before an option, and before a
     * quotation mark.
     */
    private static String joined(List<String> lines) {
        StringBuilder text = new StringBuilder(lines.getFirst());
        for (String line : lines.subList(1, lines.size())) {
            boolean within = "[(".indexOf(text.charAt(text.length() - 1)) >= 0
                    || ",;:.)]".indexOf(line.charAt(0)) >= 0
                    || endsQuotation(line);
            text.append(within ? "" : " ").append(line);
        }
        return text.toString();
    }

    /** Whether a line begins with a closing quotation mark. A straight mark can be an opening one too. */
    private static boolean endsQuotation(String line) {
        return line.charAt(0) == '’'
                || ("'\"".indexOf(line.charAt(0)) >= 0
                        && (line.length() == 1 || " ,;:.)".indexOf(line.charAt(1)) >= 0));
    }

    private void apply(Found found, TextLine line) {
        switch (found.rule().action()) {
            case REPORT -> report(found, line);
            case ERROR, HEAD -> add(found, line, Severity.ERROR);
            case WARNING -> add(found, line, Severity.WARNING);
            case RAISE -> {
                if (traced) {
                    add(found, line, Severity.ERROR);
                }
            }
            case START -> {
                traced = true;
                before = place(found);
            }
            case BEFORE -> {
                Optional<Place> place = place(found);
                traced = traced || place.isPresent();
                before = place.or(() -> before);
            }
            case FRAME -> current.filter(it -> it.place.isEmpty() || it.guessed).ifPresent(it -> frame(it, found));
            case CARET -> caret(line.text().indexOf('^') + 1);
            case DETAIL ->
                current.ifPresent(it -> it.message =
                        clipped(it.message + (it.message.endsWith(";") ? " " : "; ") + message(found, line)));
            case TEXT -> current.filter(it -> it.message.isEmpty()).ifPresent(it -> it.message = message(found, line));
            case WITHDRAW -> withdraw();
            case WRAPPED, QUOTED, SKIP -> {}
        }
    }

    private void frame(Draft draft, Found found) {
        Optional<Place> place = place(found);
        if (place.isPresent()) {
            draft.place = place;
            draft.guessed = false;
        }
    }

    private void withdraw() {
        if (current.isPresent() && errors.remove(current.get())) {
            errorCount--;
            current = Optional.empty();
        }
    }

    private void report(Found found, TextLine line) {
        String kind = found.field("kind").orElse("");
        if (kinds.isNote(kind)) {
            current = Optional.empty();
            return;
        }
        kinds.severity(kind)
                .or(() -> found.field("option").map(_ -> Severity.WARNING))
                .or(line::colour)
                .ifPresent(severity -> add(found, line, severity));
    }

    private void add(Found found, TextLine line, Severity severity) {
        int number = errorCount + warningCount;
        boolean error = severity == Severity.ERROR;
        if (error) {
            errorCount++;
        } else {
            warningCount++;
        }
        List<Draft> kept = error ? errors : warnings;
        Optional<Draft> previous = current;
        current = Optional.empty();
        if (kept.size() < Diagnostics.MOST) {
            Draft draft = new Draft(number, found, severity, message(found, line), found.field("option"));
            draft.place = place(found).or(() -> before);
            draft.guessed = place(found).isEmpty();
            draft.columnKnown = found.field("column").isPresent();
            kept.add(draft);
            current = Optional.of(draft);
            wrapped.add(line.text());
        }
        added = Optional.of(new Added(current, severity, previous));
        before = Optional.empty();
        traced = false;
    }

    private void caret(int column) {
        if (current.isPresent() && !current.get().columnKnown) {
            Draft draft = current.get();
            draft.place = draft.place.map(it -> new Place(it.file(), it.line(), OptionalInt.of(column)));
            draft.columnKnown = true;
        } else if (current.isEmpty()) {
            before = before.map(it -> new Place(it.file(), it.line(), OptionalInt.of(column)));
        }
    }

    private Optional<Place> place(Found found) {
        return found.field("file")
                .flatMap(places::inHomework)
                .map(file -> new Place(file, number(found.field("line")), number(found.field("column"))));
    }

    private static OptionalInt number(Optional<String> digits) {
        return digits.isPresent() ? OptionalInt.of(Integer.parseInt(digits.get())) : OptionalInt.empty();
    }

    /** The message. If a rule has no field for it, it is the whole line, or it follows. */
    private static String message(Found found, TextLine line) {
        return clipped(found.field("message")
                .orElseGet(() -> switch (found.rule().action()) {
                    case REPORT, HEAD -> "";
                    default -> line.text();
                })
                .strip());
    }

    private static String clipped(String text) {
        return text.length() <= LENGTH ? text : text.substring(0, LENGTH);
    }

    /** The diagnostics that were read. */
    Diagnostics result() {
        unwrap();
        List<Draft> kept = Stream.concat(errors.stream(), warnings.stream())
                .limit(Diagnostics.MOST)
                .sorted(Comparator.comparingInt(draft -> draft.number))
                .toList();
        return new Diagnostics(kept.stream().map(this::diagnostic).toList(), errorCount, warningCount);
    }

    private Diagnostic diagnostic(Draft draft) {
        Optional<String> code = draft.found.field("code").or(() -> draft.option.map(Reading::warning));
        return new Diagnostic(
                draft.severity,
                type(draft, code),
                code,
                Optional.of(draft.message),
                draft.place.map(Place::file),
                draft.place.map(Place::line).orElse(OptionalInt.empty()),
                draft.place.map(Place::column).orElse(OptionalInt.empty()),
                draft.found.recipe().name());
    }

    /**
     * The warning of {@code -Werror=x}, which means a warning x that counts as an error; clang writes it as {@code
     * -Werror,-Wx}.
     */
    private static String warning(String option) {
        if (option.startsWith("-Werror=")) {
            return "-W" + option.substring("-Werror=".length());
        }
        return option.startsWith("-Werror,") ? option.substring("-Werror,".length()) : option;
    }

    /**
     * The warning of an option that takes a level: gcc writes {@code -Wformat=}, and clang {@code -Wformat}. gcc 16 gave
     * a level to {@code -Wunused-but-set-variable}.
     */
    private static String withoutLevel(String option) {
        return option.startsWith("-W") && option.endsWith("=") ? option.substring(0, option.length() - 1) : option;
    }

    /**
     * The name of an exception without the main module, which Python 3.12 and earlier print before a student's own
     * exception.
     */
    private static String withoutModule(String name) {
        return name.startsWith("__main__.") ? name.substring("__main__.".length()) : name;
    }

    private String type(Draft draft, Optional<String> code) {
        String type = knownType(draft, code);
        return type.isBlank() ? UNKNOWN : type;
    }

    private String knownType(Draft draft, Optional<String> code) {
        Optional<String> fixed = draft.found.rule().type();
        Optional<String> name = draft.found.field("name").map(Reading::withoutModule);
        if (fixed.isPresent()) {
            return fixed.get();
        }
        if (code.filter(it -> !it.equals(PERMISSIVE)).isPresent()) {
            return types.alias(withoutLevel(code.get()));
        }
        if (draft.found.field("type").isPresent()) {
            return name.map(it -> it + ": ").orElse("")
                    + types.generalised(draft.found.fields().get("type"));
        }
        if (name.isPresent()) {
            return draft.found.recipe().broad().contains(name.get())
                    ? name.get() + ": " + types.of(draft.message)
                    : name.get();
        }
        return types.of(draft.message);
    }
}
