package io.procmon.classroom.overview;

import io.procmon.classroom.workflow.Work;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The entries that meet a condition, in an order. Entries that are equal in it are in the order of the class. */
final class Ranking {

    private final Predicate<Entry> which;
    private final Comparator<Entry> order;
    private final List<Entry> entries = new ArrayList<>();

    Ranking(Predicate<Entry> which, Comparator<Entry> order) {
        this.which = which;
        this.order = order.thenComparing(entry -> entry.row().work(), Work.BY_CLASS);
    }

    void addAll(Collection<Entry> added) {
        added.stream().filter(which).forEach(entries::add);
        entries.sort(order);
    }

    void removeCourse(String course) {
        entries.removeIf(entry -> entry.row().work().student().course().equals(course));
    }

    /**
     * Puts an entry in the place of another.
     *
     * @param before it was added before; empty if the entry is new
     */
    void replace(Optional<Entry> before, Entry now) {
        before.filter(which).ifPresent(it -> entries.remove(Collections.binarySearch(entries, it, order)));
        if (which.test(now)) {
            entries.add(-Collections.binarySearch(entries, now, order) - 1, now);
        }
    }

    int size() {
        return entries.size();
    }

    /** Some of the entries. */
    List<Entry> from(long first, int count) {
        int from = Math.toIntExact(Math.min(first, entries.size()));
        return List.copyOf(entries.subList(from, Math.min(from + count, entries.size())));
    }
}
