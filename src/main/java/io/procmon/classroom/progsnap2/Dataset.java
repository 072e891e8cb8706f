package io.procmon.classroom.progsnap2;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.BuildTrace;
import io.procmon.classroom.workflow.History;
import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.Session;
import io.procmon.classroom.workflow.Work;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Writes a data set, one work at a time. So a whole semester needs only the memory of its largest work. */
public final class Dataset {

    /** The timestamp pattern of the format: six digits after the seconds, and an offset without a colon. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final List<Column> COLUMNS = List.of(Column.values());
    private static final int BUFFER_BYTES = 1 << 16;

    private static final List<String> LINKED = List.of(
            "EventID",
            "ExitCode",
            "Signal",
            "CoreDumped",
            "DurationMs",
            "CpuMs",
            "PeakMemoryBytes",
            "SourceBytes",
            "StartedThrough",
            "IsTest",
            "BuiltByEventID",
            "BuildCallID",
            "FailedRequirements",
            "RecoveryMs");

    private static final String README = """
            # A data set of procmon

            Format: ProgSnap2 1.0. Written from what procmon saw of compilers and programs that ran.

            - SubjectID is a keyed hash of the student's number, and stands for it in paths. EventID, BuiltByEventID and
              BuildCallID are keyed hashes too.
            - CourseSectionID is the course and its section; AssignmentID is the homework directory.
            - CodeStateID is empty: the code may have changed with each event, and is not recorded. CodeStateSection is a
              path from the homework directory on.
            - A compiler that was given several sources makes a Compile for each; the first has the id of the whole. The
              result is the compiler's exit status: all but 0 is Error; 0 is Warning where a warning is known, else Success.
            - Compile.Error and Compile.Warning: what the compiler said, where procmon kept it; of each build, the first five.
              CompileMessageType is the type, CompileMessageData the message as it was shown, or the type at the level
              "types". SourceLocation is Unknown where the tool names no line.
            - Run.Program and Debug.Program: exit status 0 is Success; a signal from outside (Ctrl-C, a limit, the
              out-of-memory killer) is Timeout; all else is Error. Runs of tests are Run.Program too, since the names of tests
              are not known.
            - ProgramErrorOutput of a run refers to its rows in Resources/ProgramErrorOutput.csv: the exceptions, failed
              assertions and crashes that procmon kept, the first five of each run, and not the text that the program wrote.
              A crash has the name of its signal as Type, and the line where it happened if the program has it.
            - Session.Start and Session.End are fabricated: {idle} minutes without an event end a session of one assignment.
            - ToolInstances names procmon and the type of the tool, without versions, which are not known. The tool is the last,
              where analysis libraries look for the language.
            - LoggingErrorID marks an event before which events of the same subject may be missing: a gap of the log reaches
              into the time since the subject's event before. LinkTables/LinkLoggingError.csv has the gaps of each id: their
              times, their cause, and how many events of all subjects were lost. The cause "down" is a time in which procmon
              did not watch. Resources/LoggingGaps.csv has all gaps of the log. What came before the first event of a
              subject is not known.
            - An empty BuiltByEventID is no sign that a program comes from elsewhere: its build may lie in a gap, or before
              procmon watched.
            - Intervention: a teacher said on the page of procmon to be with the student. What was said is not known. RecoveryMs in
              LinkTables/LinkEvent.csv is the time from then to the first success: after a failed build a successful build, after
              a run that did not end well a run that did, else either. It is empty where there was none.
            - LinkTables/LinkEvent.csv has what the format has no column for, by EventID.
            - Order counts the events of a subject.
            """;

    private final Collection<Work> works;
    private final Function<Work, List<Attempt>> attempts;
    private final Function<Work, List<Intervention>> interventions;
    private final Subjects subjects;
    private final Duration idle;
    private final LoggingErrors errors;

    /** The works with errors of runs, in their order. The link table finds them. */
    private final Set<Work> withErrorOutput = new LinkedHashSet<>();

    /**
     * @param works the works to write
     * @param attempts the attempts at each work
     * @param interventions the interventions at each work
     * @param idle the shortest time without an attempt that ends a session
     * @param gaps the times in which the log is incomplete
     */
    public Dataset(
            Collection<Work> works,
            Function<Work, List<Attempt>> attempts,
            Function<Work, List<Intervention>> interventions,
            Subjects subjects,
            Duration idle,
            List<LogGap> gaps) {
        errors = new LoggingErrors(gaps);
        this.works = works.stream()
                .sorted(Comparator.comparing(work -> subjects.of(work.student())))
                .toList();
        this.attempts = work -> BuildTrace.of(attempts.apply(work));
        this.interventions = interventions;
        this.subjects = subjects;
        this.idle = idle;
    }

    /** The destination of a data set's files. */
    @FunctionalInterface
    public interface Files {
        /**
         * Writes a file.
         *
         * @param path relative, such as {@code LinkTables/LinkEvent.csv}
         * @param content writes the content
         */
        void write(String path, Content content) throws IOException;
    }

    /** The content of a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes the content. The stream stays open. */
        void to(OutputStream stream) throws IOException;
    }

    /**
     * Writes all files. It reads the attempts twice, and a third time where runs have errors: a zip file takes one file
     * after the other, and all rows of a semester exceed the memory.
     */
    public void write(Files files) throws IOException {
        write(files, "DatasetMetadata.csv", this::metadata);
        write(files, "MainTable.csv", this::mainTable);
        write(files, "LinkTables/LinkEvent.csv", this::linkTable);
        write(files, "LinkTables/LinkLoggingError.csv", this::loggingErrors);
        write(files, ErrorOutput.FILE, this::errorOutput);
        write(files, "Resources/LoggingGaps.csv", this::loggingGaps);
        write(files, "CodeStates/README.md", out -> text(out, "procmon records no code.\n"));
        write(files, "README.md", out -> text(out, README.replace("{idle}", Long.toString(idle.toMinutes()))));
    }

    /** Writes a file in large parts, because each call of a compressing stream has a cost. */
    private static void write(Files files, String path, Content content) throws IOException {
        files.write(path, stream -> {
            OutputStream out = new BufferedOutputStream(stream, BUFFER_BYTES);
            content.to(out);
            out.flush();
        });
    }

    private void metadata(OutputStream out) throws IOException {
        row(out, "Property", "Value");
        row(out, "Version", "1.0");
        row(out, "IsEventOrderingConsistent", "true");
        row(out, "EventOrderScope", "Restricted");
        row(out, "EventOrderScopeColumns", "SubjectID");
        row(out, "CodeStateRepresentation", "Directory");
        row(out, "ProgramInputLinkTable", "");
    }

    private void mainTable(OutputStream out) throws IOException {
        row(out, COLUMNS.stream().map(Column::title).toArray(String[]::new));
        String subject = "";
        List<Event> events = new ArrayList<>();
        for (Work work : works) {
            String next = subjects.of(work.student());
            if (!next.equals(subject)) {
                writeInOrder(out, events, subject);
                subject = next;
                events.clear();
            }
            events.addAll(events(work));
        }
        writeInOrder(out, events, subject);
    }

    private List<Event> events(Work work) {
        List<Attempt> all = attempts.apply(work);
        List<Event> events = new ArrayList<>();
        for (Session session : History.of(all).sessions(idle)) {
            events.addAll(Event.of(work, session, sessionId(work, session)));
        }
        all.forEach(attempt -> events.addAll(Event.of(work, attempt, subjects)));
        interventions.apply(work).forEach(it -> events.add(Event.of(work, it, subjects)));
        return events;
    }

    private String sessionId(Work work, Session session) {
        return "%s-%s-%s-%d"
                .formatted(
                        subjects.of(work.student()),
                        work.student().classDiv(),
                        work.homework(),
                        session.from().toEpochMilli());
    }

    /** Writes events in order. A session encloses its events, including those at its first and last moment. */
    private void writeInOrder(OutputStream out, List<Event> events, String subject) throws IOException {
        events.sort(Comparator.comparing(Event::at).thenComparing(Dataset::rank).thenComparing(Event::id));
        int order = 0;
        Instant before = events.isEmpty() ? Instant.MIN : events.getFirst().at();
        for (Event event : events) {
            row(out, cells(event, subject, order++, errors.id(before, event.at())));
            before = event.attempt().isPresent() ? event.at() : before;
        }
    }

    private static int rank(Event event) {
        return switch (event.type()) {
            case "Session.Start" -> 0;
            case "Session.End" -> 2;
            default -> 1;
        };
    }

    private static String[] cells(Event event, String subject, int order, String error) {
        Map<Column, String> cells = new EnumMap<>(Column.class);
        cells.putAll(event.specific());
        cells.put(Column.EVENT_ID, event.id());
        cells.put(Column.ORDER, Integer.toString(order));
        cells.put(Column.EVENT_TYPE, event.type());
        cells.put(Column.SUBJECT_ID, subject);
        cells.put(Column.TOOL_INSTANCES, event.tool().isEmpty() ? "procmon" : "procmon;" + event.tool());
        cells.put(Column.LOGGING_ERROR_ID, error);
        cells.put(Column.CLIENT_TIMESTAMP, TIME.format(event.at()));
        cells.put(Column.COURSE_ID, event.work().student().course());
        cells.put(Column.COURSE_SECTION_ID, event.work().student().classDiv());
        cells.put(Column.ASSIGNMENT_ID, event.work().homework());
        cells.put(Column.IS_FABRICATED_EVENT, event.isFabricated() ? "True" : "False");
        String[] row = new String[COLUMNS.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = cells.getOrDefault(COLUMNS.get(i), "");
        }
        return row;
    }

    private void linkTable(OutputStream out) throws IOException {
        row(out, LINKED.toArray(String[]::new));
        for (Work work : works) {
            for (Attempt attempt : attempts.apply(work)) {
                if (hasErrorOutput(attempt)) {
                    withErrorOutput.add(work);
                }
                row(
                        out,
                        subjects.of(attempt.id()).toString(),
                        Integer.toString(attempt.status().exitCode()),
                        attempt.signal().orElse(""),
                        attempt.status().coreDumped() ? "True" : "False",
                        millis(attempt.duration()),
                        millis(attempt.execution().cpu()),
                        Long.toString(attempt.execution().peakMemory()),
                        attempt.isBuild() && attempt.files().sourceBytes().isPresent()
                                ? Long.toString(attempt.files().sourceBytes().getAsLong())
                                : "",
                        String.join(";", attempt.descent().wrappers()),
                        attempt.test() ? "True" : "False",
                        linked(attempt.descent().builtBy()),
                        linked(attempt.descent().buildCall()),
                        String.join(";", attempt.failedChecks()),
                        "");
            }
            linkInterventions(out, work);
        }
    }

    private void linkInterventions(OutputStream out, Work work) throws IOException {
        List<Intervention> known = interventions.apply(work);
        if (known.isEmpty()) {
            return;
        }
        History history = History.of(attempts.apply(work));
        for (Intervention intervention : known) {
            String[] cells = new String[LINKED.size()];
            Arrays.fill(cells, "");
            cells[0] = subjects.of(intervention.id()).toString();
            cells[cells.length - 1] =
                    intervention.recovery(history).map(Dataset::millis).orElse("");
            row(out, cells);
        }
    }

    private void errorOutput(OutputStream out) throws IOException {
        row(out, ErrorOutput.HEADER.toArray(String[]::new));
        for (Work work : withErrorOutput) {
            for (Attempt attempt : attempts.apply(work)) {
                if (hasErrorOutput(attempt)) {
                    for (List<String> cells : ErrorOutput.rows(work, attempt, subjects)) {
                        row(out, cells.toArray(String[]::new));
                    }
                }
            }
        }
    }

    private static boolean hasErrorOutput(Attempt attempt) {
        return attempt.isRun() && !attempt.diagnostics().list().isEmpty();
    }

    private void loggingErrors(OutputStream out) throws IOException {
        row(out, "LoggingErrorID", "From", "To", "Cause", "LostEvents");
        for (Map.Entry<List<LogGap>, String> error : errors.ids().entrySet()) {
            for (LogGap gap : error.getKey()) {
                row(out, error.getValue(), TIME.format(gap.from()), TIME.format(gap.to()), gap.cause(), lost(gap));
            }
        }
    }

    private void loggingGaps(OutputStream out) throws IOException {
        row(out, "From", "To", "Cause", "LostEvents");
        for (LogGap gap : errors.gaps()) {
            row(out, TIME.format(gap.from()), TIME.format(gap.to()), gap.cause(), lost(gap));
        }
    }

    private static String lost(LogGap gap) {
        return gap.cause().equals(LogGap.DOWN) ? "" : Long.toString(gap.lost());
    }

    private String linked(Optional<UUID> id) {
        return id.map(subjects::of).map(Object::toString).orElse("");
    }

    private static String millis(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 6)
                .setScale(3, RoundingMode.HALF_UP)
                .toPlainString();
    }

    private static void row(OutputStream out, String... cells) throws IOException {
        text(out, Csv.line(List.of(cells)));
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
