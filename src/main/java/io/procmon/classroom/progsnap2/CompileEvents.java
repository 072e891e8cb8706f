package io.procmon.classroom.progsnap2;

import io.procmon.classroom.measures.Compilation;
import io.procmon.classroom.measures.CompilerError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The {@code Compile} events of a main table with their errors. They are stored in columns of numbers, so a million
 * events need about 30 MB. An event is identified by its index, in the order of the rows.
 */
final class CompileEvents {

    /** The value of an empty cell. */
    static final long ABSENT = Long.MIN_VALUE;

    /** The number of an empty text. */
    static final int UNKNOWN = 0;

    /** The columns that can order events. */
    enum Key {
        ORDER,
        CLIENT_TIMESTAMP,
        SERVER_TIMESTAMP
    }

    /** No error; errors are numbered from 1. */
    private static final int NONE = 0;

    private final IntColumn sessions = new IntColumn();
    private final IntColumn scopes = new IntColumn();
    private final IntColumn files = new IntColumn();
    private final LongColumn orders = new LongColumn();
    private final LongColumn clientTimes = new LongColumn();
    private final LongColumn serverTimes = new LongColumn();
    private final BitSet failures = new BitSet();
    private final IntColumn firstErrors = new IntColumn();

    private final IntColumn types = new IntColumn();
    private final IntColumn messages = new IntColumn();
    private final IntColumn locations = new IntColumn();
    private final IntColumn nextErrors = new IntColumn();

    /**
     * Adds an event.
     *
     * @param scope only events of one scope can be compared by their order
     */
    int add(int session, int scope, int file, long order, long clientTime, long serverTime, boolean failed) {
        sessions.add(session);
        scopes.add(scope);
        files.add(file);
        orders.add(order - ABSENT);
        clientTimes.add(clientTime - ABSENT);
        serverTimes.add(serverTime - ABSENT);
        failures.set(sessions.size() - 1, failed);
        firstErrors.add(NONE);
        return sessions.size() - 1;
    }

    /** Adds an error and returns its number. {@link #link} assigns it to its event. */
    int addError(int type, int message, int location) {
        types.add(type);
        messages.add(message);
        locations.add(location);
        nextErrors.add(NONE);
        return types.size();
    }

    /** Assigns an error to an event. It comes before all errors that the event has. */
    void link(int error, int event) {
        nextErrors.set(error - 1, firstErrors.get(event));
        firstErrors.set(event, error);
        failures.set(event);
    }

    int size() {
        return sessions.size();
    }

    int errors() {
        return types.size();
    }

    /** The types that at least two errors have. Errors of other types cannot be compared with others. */
    Predicate<String> sharedTypes() {
        BitSet once = new BitSet();
        BitSet again = new BitSet();
        for (int error = 0; error < types.size(); error++) {
            (once.get(types.get(error)) ? again : once).set(types.get(error));
        }
        return type -> type.isEmpty() || again.get(Integer.parseInt(type));
    }

    int session(int event) {
        return sessions.get(event);
    }

    int scope(int event) {
        return scopes.get(event);
    }

    boolean failed(int event) {
        return failures.get(event);
    }

    /** The value of an event in a column, or {@link #ABSENT}. */
    long value(int event, Key key) {
        return switch (key) {
                    case ORDER -> orders.get(event);
                    case CLIENT_TIMESTAMP -> clientTimes.get(event);
                    case SERVER_TIMESTAMP -> serverTimes.get(event);
                }
                + ABSENT;
    }

    /** The event as the input of a measure. Texts are represented by their numbers. */
    Compilation compilation(int event, Optional<Key> clock) {
        Optional<Instant> at = clock.map(key -> Timestamps.instant(value(event, key)));
        List<CompilerError> errors = new ArrayList<>();
        for (int error = firstErrors.get(event); error != NONE; error = nextErrors.get(error - 1)) {
            errors.add(new CompilerError(
                    name(types.get(error - 1)), name(messages.get(error - 1)), name(locations.get(error - 1))));
        }
        return new Compilation(name(files.get(event)), at, failed(event), errors);
    }

    private static String name(int text) {
        return text == UNKNOWN ? "" : Integer.toString(text);
    }
}
