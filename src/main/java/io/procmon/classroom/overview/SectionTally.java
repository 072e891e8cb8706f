package io.procmon.classroom.overview;

import io.procmon.classroom.workflow.State;
import io.procmon.classroom.workflow.Step;
import io.procmon.classroom.workflow.WorkErrors;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Counts the students of a section at a homework. All of them have the same steps. It excludes students who have opted
 * out.
 */
final class SectionTally {

    private final Map<Step, Integer> reached = new LinkedHashMap<>();

    /** The number of students by the time since when they have the error, by its type. */
    private final Map<String, NavigableMap<Instant, Integer>> errors = new HashMap<>();

    private int students;
    private int late;
    private int atWork;

    void add(Entry entry) {
        count(entry, 1);
    }

    /** @param entry it was added before */
    void remove(Entry entry) {
        count(entry, -1);
    }

    private void count(Entry entry, int one) {
        Row row = entry.row();
        if (row.isOptedOut()) {
            return;
        }
        students += one;
        late += row.state() == State.LATE ? one : 0;
        atWork += entry.atWork() ? one : 0;
        for (int i = 0; i < row.steps().size(); i++) {
            reached.merge(row.steps().get(i), row.reached().get(i) ? one : 0, Integer::sum);
        }
        for (WorkErrors.Current error : row.errors()) {
            NavigableMap<Instant, Integer> times = errors.computeIfAbsent(error.type(), _ -> new TreeMap<>());
            times.merge(error.since(), one, SectionTally::positiveSum);
            if (times.isEmpty()) {
                errors.remove(error.type());
            }
        }
    }

    /** The sum; null, which removes an entry of a map, if it is 0. */
    private static Integer positiveSum(int count, int one) {
        return count + one == 0 ? null : Integer.valueOf(count + one);
    }

    /** The number of students who have begun. */
    int students() {
        return students;
    }

    /** The number of students who missed something at the due date. */
    int late() {
        return late;
    }

    /** The number of students at work. */
    int atWork() {
        return atWork;
    }

    /** The number of students who have reached each step, in order. */
    Map<Step, Integer> reached() {
        return reached;
    }

    /** The number of students by the time since when they have an error, by its type. */
    Map<String, NavigableMap<Instant, Integer>> errors() {
        return errors;
    }
}
