package io.procmon.classroom.progsnap2;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * Orders the compile events of each session. {@code Order} decides if the data set declares that it can compare the
 * events of the session. Otherwise the client's clock decides, then the server's clock, then the order of the rows. A
 * column decides only if each event of the session has a value in it, because values of two different columns cannot be
 * compared. Events with equal values keep the order of their rows.
 */
final class SessionOrder {

    private final CompileEvents events;
    private final boolean orderUsable;
    private final int[] starts;
    private final int[] ordered;

    SessionOrder(CompileEvents events, int sessions, boolean orderUsable) {
        this.events = events;
        this.orderUsable = orderUsable;
        this.starts = new int[sessions + 1];
        this.ordered = new int[events.size()];
        group(sessions);
        for (int session = 0; session < sessions; session++) {
            sort(session);
        }
    }

    private void group(int sessions) {
        for (int event = 0; event < events.size(); event++) {
            starts[events.session(event) + 1]++;
        }
        for (int session = 0; session < sessions; session++) {
            starts[session + 1] += starts[session];
        }
        int[] next = starts.clone();
        for (int event = 0; event < events.size(); event++) {
            ordered[next[events.session(event)]++] = event;
        }
    }

    private void sort(int session) {
        Optional<CompileEvents.Key> key = orderUsable && has(session, CompileEvents.Key.ORDER) && isOneScope(session)
                ? Optional.of(CompileEvents.Key.ORDER)
                : clock(session);
        if (key.isEmpty() || isSorted(session, key.get())) {
            return;
        }
        mergeSort(ordered, starts[session], starts[session + 1], event -> events.value(event, key.get()));
    }

    /** A stable sort of numbers without an object for each. */
    private static void mergeSort(int[] numbers, int from, int to, IntToLongFunction key) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        mergeSort(numbers, from, middle, key);
        mergeSort(numbers, middle, to, key);
        int[] left = Arrays.copyOfRange(numbers, from, middle);
        int right = middle;
        int at = from;
        for (int next : left) {
            while (right < to && key.applyAsLong(numbers[right]) < key.applyAsLong(next)) {
                numbers[at++] = numbers[right++];
            }
            numbers[at++] = next;
        }
    }

    private boolean isSorted(int session, CompileEvents.Key key) {
        for (int i = starts[session] + 1; i < starts[session + 1]; i++) {
            if (events.value(ordered[i - 1], key) > events.value(ordered[i], key)) {
                return false;
            }
        }
        return true;
    }

    private boolean isOneScope(int session) {
        return of(session).map(events::scope).distinct().limit(2).count() < 2;
    }

    private boolean has(int session, CompileEvents.Key key) {
        return of(session).allMatch(event -> events.value(event, key) != CompileEvents.ABSENT);
    }

    /** The events of a session in order. */
    IntStream of(int session) {
        return Arrays.stream(ordered, starts[session], starts[session + 1]);
    }

    /** The clock that has a time for each event of a session, if there is one. */
    Optional<CompileEvents.Key> clock(int session) {
        if (has(session, CompileEvents.Key.CLIENT_TIMESTAMP)) {
            return Optional.of(CompileEvents.Key.CLIENT_TIMESTAMP);
        }
        return has(session, CompileEvents.Key.SERVER_TIMESTAMP)
                ? Optional.of(CompileEvents.Key.SERVER_TIMESTAMP)
                : Optional.empty();
    }
}
