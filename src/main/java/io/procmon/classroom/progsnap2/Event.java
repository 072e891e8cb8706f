package io.procmon.classroom.progsnap2;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Ending;
import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.Session;
import io.procmon.classroom.workflow.Work;
import io.procmon.diagnostics.Diagnostic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A row of the main table.
 *
 * @param id the event id of the attempt in the data set; each further row of the same attempt has a number after it
 * @param type the name in the format
 * @param at the time
 * @param work the student and the homework
 * @param tool the compiler or interpreter
 * @param specific the columns of this type of event
 * @param attempt the attempt that the row is made from; empty if there is none
 */
record Event(
        String id,
        String type,
        Instant at,
        Work work,
        String tool,
        Map<Column, String> specific,
        Optional<Attempt> attempt) {

    private static final String INTERVENTION = "Intervention";
    private static final Set<String> DEBUGGERS = Set.of("gdb", "gdbserver", "lldb", "lldb-server", "rr", "valgrind");

    /** The begin and the end of a session. */
    static List<Event> of(Work work, Session session, String id) {
        Map<Column, String> specific = Map.of(Column.SESSION_ID, id);
        return List.of(
                new Event(id + "-start", "Session.Start", session.from(), work, "", specific, Optional.empty()),
                new Event(id + "-end", "Session.End", session.to(), work, "", specific, Optional.empty()));
    }

    /** An event for an intervention. The format requires a message, but procmon does not know what the teacher said. */
    static Event of(Work work, Intervention intervention, Subjects subjects) {
        return new Event(
                subjects.of(intervention.id()).toString(),
                INTERVENTION,
                intervention.at(),
                work,
                "",
                Map.of(
                        Column.EVENT_INITIATOR, "InstructorDirectAction",
                        Column.INTERVENTION_CATEGORY, "Feedback",
                        Column.INTERVENTION_TYPE, "InPerson",
                        Column.INTERVENTION_MESSAGE, "a teacher was with the student"),
                Optional.empty());
    }

    /** Whether the event is derived: nobody logs in or out. */
    boolean isFabricated() {
        return attempt.isEmpty() && !type.equals(INTERVENTION);
    }

    /**
     * The rows of an attempt. A build has a compile for each of its sources, since the format's column names a single
     * file. A run has one row.
     */
    static List<Event> of(Work work, Attempt attempt, Subjects subjects) {
        if (attempt.isRun()) {
            String id = subjects.of(attempt.id()).toString();
            return List.of(event(
                    work,
                    attempt,
                    id,
                    attempt.descent().wrappers().stream().anyMatch(DEBUGGERS::contains)
                            ? "Debug.Program"
                            : "Run.Program",
                    Map.of(
                            Column.EXECUTION_RESULT,
                            executionResult(attempt.ending()),
                            Column.PROGRAM_ERROR_OUTPUT,
                            attempt.diagnostics().list().isEmpty() ? "" : ErrorOutput.FILE + '#' + id)));
        }
        List<String> files = attempt.files().sources().isEmpty()
                ? List.of(attempt.target())
                : attempt.files().sources();
        String id = subjects.of(attempt.id()).toString();
        List<Event> events = new ArrayList<>();
        for (String file : files) {
            events.add(event(
                    work,
                    attempt,
                    events.isEmpty() ? id : id + "-" + (events.size() + 1),
                    "Compile",
                    Map.of(
                            Column.CODE_STATE_SECTION,
                            subjects.in(file, work.student()),
                            Column.COMPILE_RESULT,
                            compileResult(attempt))));
        }
        int number = 0;
        for (Diagnostic diagnostic : attempt.diagnostics().list()) {
            number++;
            int parent = Math.max(0, files.indexOf(diagnostic.file().orElse("")));
            events.add(event(
                    work,
                    attempt,
                    "%s-%s-%d".formatted(id, diagnostic.severity().label(), number),
                    diagnostic.isError() ? "Compile.Error" : "Compile.Warning",
                    message(diagnostic, work, subjects, events.get(parent))));
        }
        return events;
    }

    /**
     * The columns of a message. A message belongs to the compile of its file. A message about another file, such as a
     * header, belongs to the first compile.
     */
    private static Map<Column, String> message(Diagnostic diagnostic, Work work, Subjects subjects, Event compile) {
        Map<Column, String> cells = new EnumMap<>(Column.class);
        cells.put(Column.PARENT_EVENT_ID, compile.id());
        cells.put(Column.COMPILE_MESSAGE_TYPE, diagnostic.type());
        cells.put(
                Column.COMPILE_MESSAGE_DATA,
                diagnostic
                        .message()
                        .filter(it -> !it.isEmpty())
                        .map(it -> subjects.in(it, work.student()))
                        .orElse(diagnostic.type()));
        cells.put(
                Column.CODE_STATE_SECTION,
                diagnostic
                        .file()
                        .map(file -> subjects.in(file, work.student()))
                        .orElseGet(() -> compile.specific().get(Column.CODE_STATE_SECTION)));
        cells.put(Column.SOURCE_LOCATION, location(diagnostic));
        return cells;
    }

    /** The place of a message. The format requires one, but the messages of a linker may have none. */
    private static String location(Diagnostic diagnostic) {
        if (diagnostic.line().isEmpty()) {
            return "Unknown";
        }
        String line = "Text:" + diagnostic.line().getAsInt();
        return diagnostic.column().isEmpty()
                ? line
                : line + ":" + diagnostic.column().getAsInt();
    }

    private static String compileResult(Attempt attempt) {
        if (attempt.ending() != Ending.OK) {
            return "Error";
        }
        return attempt.diagnostics().warnings() > 0 ? "Warning" : "Success";
    }

    private static Event event(Work work, Attempt attempt, String id, String type, Map<Column, String> specific) {
        return new Event(
                id,
                type,
                attempt.startedAt(),
                work,
                attempt.type().toLowerCase(Locale.ROOT),
                specific,
                Optional.of(attempt));
    }

    /** The result of a run. The format's value Timeout covers all runs that the user or the system interrupted. */
    private static String executionResult(Ending ending) {
        return switch (ending) {
            case OK -> "Success";
            case STOPPED -> "Timeout";
            case FAILED, CRASHED -> "Error";
        };
    }
}
