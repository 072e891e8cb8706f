package io.procmon.classroom.overview;

import io.procmon.classroom.workflow.Work;
import io.procmon.classroom.workflow.WorkErrors;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/**
 * Selects rows of a class, and orders them.
 *
 * @param section the section; empty for all
 * @param homework the homework; empty for all
 * @param state the label of a state; empty for all
 * @param search a part of a student's id or of a homework's name, or a number such as {@code #12}; empty for all
 * @param error the type of an error that a student has now; empty for all
 * @param order the order of the rows
 * @param descending whether the order is reversed
 * @param page the number of the page, from 0
 * @param size the number of rows on a page
 */
public record ClassQuery(
        Optional<String> section,
        Optional<String> homework,
        Optional<String> state,
        Optional<String> search,
        Optional<String> error,
        Order order,
        boolean descending,
        int page,
        int size) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final int DIGITS = 9;

    /** The order of the rows. Rows that are equal in it are ordered by section, homework and student. */
    public enum Order {
        /** The number of signs of trouble; the largest first. */
        SIGNS,
        /** The section and the student. */
        STUDENT,
        /** The homework. */
        HOMEWORK,
        /** The state; the least advanced first. */
        STATE,
        /** The number of failed builds; the largest first. */
        BUILDS,
        /** The number of runs; the largest first. */
        RUNS,
        /** The newest build or run; the newest first. */
        SEEN;

        /** The value of the parameter, such as {@code seen}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a section is selected. */
    boolean isOfSection(String name) {
        return is(section, name);
    }

    /** Whether a homework is selected. */
    boolean isOfHomework(String name) {
        return is(homework, name);
    }

    /** Whether a row is selected in each respect. */
    boolean selects(Entry entry) {
        Row row = entry.row();
        return isOfSection(row.work().student().section())
                && isOfHomework(row.work().homework())
                && is(state, row.state().label())
                && (search.isEmpty() || isFound(search.get(), entry))
                && (error.isEmpty() || hasError(row, error.get()));
    }

    private static boolean isFound(String text, Entry entry) {
        if (text.startsWith("#")) {
            return text.substring(1).equals(Integer.toString(entry.number()));
        }
        String part = text.toLowerCase(Locale.ROOT);
        Work work = entry.row().work();
        return work.student().id().toLowerCase(Locale.ROOT).contains(part)
                || work.homework().toLowerCase(Locale.ROOT).contains(part);
    }

    private static boolean hasError(Row row, String type) {
        return row.errors().stream().map(WorkErrors.Current::type).anyMatch(type::equals);
    }

    private static boolean is(Optional<String> wanted, String value) {
        return wanted.isEmpty() || wanted.get().equals(value);
    }

    /** The order of rows. */
    Comparator<Entry> comparator() {
        Map<String, String> names = new HashMap<>();
        Comparator<Row> bySection =
                Comparator.comparing(row -> row.work().student().classDiv());
        Comparator<Row> byStudent =
                Comparator.comparing(row -> row.work().student().id());
        Comparator<Row> byHomework = Comparator.comparing(
                row -> names.computeIfAbsent(row.work().homework(), ClassQuery::withPaddedNumbers));
        Comparator<Entry> first = switch (order) {
            case SIGNS -> Comparator.comparingInt(Entry::weight).reversed();
            case STUDENT -> Comparator.comparing(Entry::row, bySection.thenComparing(byStudent));
            case HOMEWORK -> Comparator.comparing(Entry::row, byHomework);
            case STATE -> Comparator.comparing(entry -> entry.row().state());
            case BUILDS -> largestFirst(row -> row.figures().failedBuilds());
            case RUNS -> largestFirst(row -> row.figures().runs());
            case SEEN ->
                Comparator.comparing((Entry entry) -> entry.row().lastSeen()).reversed();
        };
        return (descending ? first.reversed() : first)
                .thenComparing(Entry::row, bySection.thenComparing(byHomework).thenComparing(byStudent));
    }

    private static Comparator<Entry> largestFirst(ToIntFunction<Row> figure) {
        return Comparator.comparingInt((Entry entry) -> figure.applyAsInt(entry.row()))
                .reversed();
    }

    /** A name that sorts by its numbers, so that {@code hw2} comes before {@code hw10}. */
    private static String withPaddedNumbers(String name) {
        return NUMBER.matcher(name)
                .replaceAll(number ->
                        "0".repeat(Math.max(0, DIGITS - number.group().length())) + number.group());
    }
}
