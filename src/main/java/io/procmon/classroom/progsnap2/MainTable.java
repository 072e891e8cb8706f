package io.procmon.classroom.progsnap2;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The compilations of {@code MainTable.csv}, read in one pass. A {@code Compile.Error} row may precede its {@code
 * Compile} row. Cells that no measure needs are not checked.
 */
final class MainTable {

    static final String FILE = "MainTable.csv";

    /** The CompileMessageType of a row that reports no error. */
    private static final String NO_ERROR = "Success";

    private static final int REFERENCED = -1;
    private static final int OTHER_EVENT = -2;

    private final MainTableRow row;
    private final ErrorType errorType;
    private final Ordering ordering;

    private final CompileEvents events = new CompileEvents();
    private final List<SessionKey> sessions = new ArrayList<>();
    private final Map<SessionKey, Integer> sessionNumbers = new HashMap<>();

    /** The subjects, assignments and courses of the sessions. */
    private final Map<String, String> names = new HashMap<>();

    private final TextIds texts = new TextIds();

    private final TextIds eventIds = new TextIds();

    /** For the number of an event id: the index of its compile event, or a constant for another kind of event. */
    private final IntColumn eventsById = new IntColumn();

    private final IntColumn parents = new IntColumn();
    private final IntColumn parentLines = new IntColumn();
    private final IntColumn parentColumns = new IntColumn();
    private int foreignErrors;

    private MainTable(MainTableRow row, ErrorType errorType, Ordering ordering) {
        this.row = row;
        this.errorType = errorType;
        this.ordering = ordering;
        texts.of("");
    }

    /** Reads a table. */
    static MainTable read(InputStream in, ErrorType errorType, Ordering ordering) throws IOException {
        try (CsvReader csv = new CsvReader(FILE, in)) {
            MainTable table = new MainTable(new MainTableRow(csv, ordering.columns()), errorType, ordering);
            while (table.row.next()) {
                table.add();
            }
            table.linkErrors();
            return table;
        }
    }

    CompileEvents events() {
        return events;
    }

    /** The sessions by their numbers. */
    List<SessionKey> sessions() {
        return sessions;
    }

    /** Whether {@code Order} can compare events that are in the same {@link CompileEvents#scope}. */
    boolean isOrderUsable() {
        return ordering.usable() && row.hasOrder();
    }

    boolean hasCourses() {
        return row.hasCourses();
    }

    /** The number of errors that belong to an event other than a {@code Compile}. */
    int foreignErrors() {
        return foreignErrors;
    }

    private void add() throws BadDataset {
        int id = newEvent();
        switch (row.eventType()) {
            case "Compile" -> eventsById.set(id, addCompile());
            case "Compile.Error" -> addError();
            default -> {
                if (row.hasSubject()) {
                    number(row.session());
                }
            }
        }
    }

    private int newEvent() throws BadDataset {
        int id = number(row.eventId());
        if (eventsById.get(id) != REFERENCED) {
            throw row.repeatedEventId();
        }
        eventsById.set(id, OTHER_EVENT);
        return id;
    }

    private int number(String eventId) {
        int number = eventIds.of(eventId);
        if (number == eventsById.size()) {
            eventsById.add(REFERENCED);
        }
        return number;
    }

    private int number(SessionKey session) {
        Integer known = sessionNumbers.get(session);
        if (known != null) {
            return known;
        }
        SessionKey kept = new SessionKey(once(session.subject()), once(session.assignment()), once(session.course()));
        sessionNumbers.put(kept, sessions.size());
        sessions.add(kept);
        return sessions.size() - 1;
    }

    /** The same text, which is kept once. */
    private String once(String name) {
        return names.computeIfAbsent(name, Function.identity());
    }

    private int addCompile() throws BadDataset {
        return events.add(
                number(row.sessionOfSubject()),
                texts.of(row.scope()),
                texts.of(row.codeStateSection()),
                row.order(),
                row.clientTimestamp(),
                row.serverTimestamp(),
                row.compileFailed());
    }

    private void addError() throws BadDataset {
        String parent = row.parentEventId();
        if (row.messageType().equals(NO_ERROR)) {
            return;
        }
        events.addError(texts.of(row.errorType(errorType)), texts.of(row.message()), texts.of(row.location()));
        parents.add(number(parent));
        parentLines.add((int) row.parentLine());
        parentColumns.add((int) row.parentColumn());
    }

    /** Links from the last error to the first, so that each event has its errors in the order of the rows. */
    private void linkErrors() throws BadDataset {
        for (int error = events.errors(); error > 0; error--) {
            int event = eventsById.get(parents.get(error - 1));
            if (event == REFERENCED) {
                throw new BadDataset(
                        FILE,
                        parentLines.get(error - 1),
                        parentColumns.get(error - 1),
                        "no event has this ParentEventID as its EventID");
            }
            if (event == OTHER_EVENT) {
                foreignErrors++;
            } else {
                events.link(error, event);
            }
        }
    }
}
