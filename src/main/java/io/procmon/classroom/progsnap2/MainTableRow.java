package io.procmon.classroom.progsnap2;

import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The current row of {@code MainTable.csv}. Each cell is checked when it is read. */
final class MainTableRow {

    private static final Set<String> RESULTS = Set.of("Success", "Warning", "Error", "");

    private static final Pattern LINE = Pattern.compile("(?:[A-Za-z]+:)?(\\d+).*", Pattern.DOTALL);

    /** A whole number. Tools without empty integers write it as 12.0. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("([+-]?\\d+)(?:\\.0*)?");

    private final CsvReader table;
    private final int eventType;
    private final int eventId;
    private final int subjectId;
    private final int assignmentId;
    private final int courseId;
    private final int parentEventId;
    private final int order;
    private final int clientTimestamp;
    private final int serverTimestamp;
    private final int compileResult;
    private final int messageType;
    private final int messageData;
    private final int sourceLocation;
    private final int codeStateSection;
    private final List<Integer> scopeColumns = new ArrayList<>();

    /**
     * Finds the columns.
     *
     * @param scope the columns that must have equal values before {@code Order} can compare two rows
     * @throws BadDataset if a required column is missing
     */
    MainTableRow(CsvReader table, List<String> scope) throws BadDataset {
        this.table = table;
        eventType = required("EventType");
        eventId = required("EventID");
        subjectId = required("SubjectID");
        assignmentId = table.indexOf("AssignmentID");
        courseId = table.indexOf("CourseID");
        parentEventId = table.indexOf("ParentEventID");
        order = table.indexOf("Order");
        clientTimestamp = table.indexOf("ClientTimestamp");
        serverTimestamp = table.indexOf("ServerTimestamp");
        compileResult = table.indexOf("CompileResult");
        messageType = table.indexOf("CompileMessageType");
        messageData = table.indexOf("CompileMessageData");
        sourceLocation = table.indexOf("SourceLocation");
        codeStateSection = table.indexOf("CodeStateSection");
        for (String column : scope) {
            scopeColumns.add(required(column));
        }
    }

    private int required(String title) throws BadDataset {
        int index = table.indexOf(title);
        if (index < 0) {
            throw table.badHeader("there is no column %s".formatted(title));
        }
        return index;
    }

    /**
     * Goes to the next row.
     *
     * @return false after the last one
     */
    boolean next() throws IOException {
        return table.next();
    }

    boolean hasOrder() {
        return order >= 0;
    }

    boolean hasCourses() {
        return courseId >= 0;
    }

    String eventType() throws BadDataset {
        return notEmpty(eventType, "EventType");
    }

    String eventId() throws BadDataset {
        return notEmpty(eventId, "EventID");
    }

    BadDataset repeatedEventId() {
        return table.bad(
                eventId, "an event before has the EventID %s too".formatted(CsvReader.quoted(table.cell(eventId))));
    }

    /** Whether the event is one of a student's, and not one of a system. */
    boolean hasSubject() {
        return !table.cell(subjectId).isEmpty();
    }

    /** The subject, assignment and course; any part may be empty. */
    SessionKey session() {
        return new SessionKey(table.cell(subjectId), table.cell(assignmentId), table.cell(courseId));
    }

    /** The subject, assignment and course; the subject is not empty. */
    SessionKey sessionOfSubject() throws BadDataset {
        notEmpty(subjectId, "SubjectID");
        return session();
    }

    /** The values of the columns that must be equal before {@code Order} can compare two rows. */
    String scope() {
        StringBuilder values = new StringBuilder();
        for (int column : scopeColumns) {
            String value = table.cell(column);
            values.append(value.length()).append(':').append(value);
        }
        return values.toString();
    }

    String codeStateSection() {
        return table.cell(codeStateSection);
    }

    long order() throws BadDataset {
        return number(order, "an integer", MainTableRow::integer);
    }

    /** Microseconds since 1970. */
    long clientTimestamp() throws BadDataset {
        return number(clientTimestamp, "a timestamp", Timestamps::micros);
    }

    /** Microseconds since 1970. */
    long serverTimestamp() throws BadDataset {
        return number(serverTimestamp, "a timestamp", Timestamps::micros);
    }

    boolean compileFailed() throws BadDataset {
        String result = table.cell(compileResult);
        if (!RESULTS.contains(result)) {
            throw table.bad(
                    compileResult,
                    "CompileResult is %s, but has to be Success, Warning or Error".formatted(CsvReader.quoted(result)));
        }
        return result.equals("Error");
    }

    String parentEventId() throws BadDataset {
        if (parentEventId < 0) {
            throw table.badHeader("there is no column ParentEventID, although there are Compile.Error events");
        }
        return notEmpty(parentEventId, "ParentEventID");
    }

    /** The line of the cell {@link #parentEventId}. */
    long parentLine() {
        return table.line(parentEventId);
    }

    /** The column of the cell {@link #parentEventId}. */
    long parentColumn() {
        return table.column(parentEventId);
    }

    String messageType() {
        return table.cell(messageType);
    }

    String message() {
        return table.cell(messageData);
    }

    /** The type of an error; empty if it is unknown. */
    String errorType(ErrorType type) throws BadDataset {
        if ((type == ErrorType.TYPE ? messageType : messageData) < 0) {
            throw table.badHeader(
                    "there is no column %s, which holds the error type %s".formatted(type.column(), type.title()));
        }
        return type.of(messageType(), message());
    }

    /** The file and line of an error; empty if the line is unknown. */
    String location() {
        Matcher line = LINE.matcher(table.cell(sourceLocation));
        return line.matches() ? line.group(1) + ' ' + codeStateSection() : "";
    }

    private String notEmpty(int column, String title) throws BadDataset {
        String text = table.cell(column);
        if (text.isEmpty()) {
            throw table.bad(column, "%s is empty".formatted(title));
        }
        return text;
    }

    private long number(int column, String kind, ToLongFunction<String> parser) throws BadDataset {
        String text = table.cell(column);
        if (text.isEmpty()) {
            return CompileEvents.ABSENT;
        }
        try {
            return parser.applyAsLong(text);
        } catch (DateTimeException | NumberFormatException e) {
            BadDataset bad = table.bad(column, "%s is not %s".formatted(CsvReader.quoted(text), kind));
            bad.initCause(e);
            throw bad;
        }
    }

    private static long integer(String text) {
        Matcher number = WHOLE_NUMBER.matcher(text);
        if (!number.matches()) {
            throw new NumberFormatException(text);
        }
        return Long.parseLong(number.group(1));
    }
}
