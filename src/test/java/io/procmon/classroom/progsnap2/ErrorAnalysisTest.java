package io.procmon.classroom.progsnap2;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmon.classroom.workflow.Story;
import io.procmon.classroom.workflow.Work;
import io.procmon.privacy.KeyedHash;
import io.procmon.process.Student;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorAnalysisTest {

    private static final String BOTH_FAILED = "0.727";

    @TempDir
    Path directory;

    @BeforeEach
    void metadata() throws IOException {
        DatasetFiles.metadata(directory, "None", "");
    }

    @Test
    void rows_areSortedBySubjectAssignmentAndCourse() throws IOException {
        DatasetFiles.mainTable(
                directory,
                "EventType EventID SubjectID AssignmentID CourseID CompileResult",
                "Compile 1 s2 hw1 os Success",
                "Compile 2 s1 hw2 os Success",
                "Compile 3 s1 hw1 os Error",
                "Compile 4 s1 hw1 algo Success",
                "Compile 5 s1 hw1 os Success");

        assertThat(rows(ErrorType.TYPE)).isEqualTo("s1 hw1 algo 1/0; s1 hw1 os 2/1; s1 hw2 os 1/0; s2 hw1 os 1/0");
    }

    @ParameterizedTest
    @CsvSource({"FIRST_LINE, 1.000 0.500", "MESSAGE, 0.727 0.000", "TYPE, 0.727 0.000"})
    void type_isThePartOfTheMessageThatWasAskedFor(ErrorType type, String measures) throws IOException {
        Files.writeString(directory.resolve("MainTable.csv"), """
                EventType,EventID,SubjectID,CompileResult,ParentEventID,CompileMessageType,CompileMessageData
                Compile,c1,s1,Error,,,
                Compile.Error,e1,s1,,c1,A," cannot find symbol\r
                  symbol: x"
                Compile,c2,s1,Error,,,
                Compile.Error,e2,s1,,c2,B,"cannot find symbol
                  symbol: y"
                """);

        assertThat(measures(type)).isEqualTo(measures);
    }

    @Test
    void errors_belongToTheirParent_whereverTheyStand() throws IOException {
        DatasetFiles.mainTable(
                directory,
                "EventType EventID SubjectID CompileResult ParentEventID CompileMessageType",
                "Compile.Error e2 s1 _ c2 x",
                "Compile.Error e1 s1 _ c1 x",
                "Compile c1 s1 Error _ _",
                "Compile c2 s1 Error _ _");

        assertThat(measures(ErrorType.TYPE)).isEqualTo("1.000 0.500");
    }

    @Test
    void warnings_areNotErrors() throws IOException {
        DatasetFiles.mainTable(
                directory,
                "EventType EventID SubjectID CompileResult ParentEventID CompileMessageType",
                "Compile c1 s1 Warning _ _",
                "Compile.Warning w1 s1 _ c1 x",
                "Compile c2 s1 Warning _ _",
                "Compile.Warning w2 s1 _ c2 x",
                "Compile.Error e0 s1 _ c2 Success");

        assertThat(rows(ErrorType.TYPE)).isEqualTo("s1   2/0");
        assertThat(measures(ErrorType.TYPE)).isEqualTo("0.000 0.000");
    }

    @Test
    void failureWithoutAnError_sharesNoType() throws IOException {
        DatasetFiles.mainTable(
                directory,
                "EventType EventID SubjectID AssignmentID CompileResult ParentEventID CompileMessageType",
                "Compile c1 s1 hw1 Error _ _",
                "Compile c2 s1 hw1 Error _ _",
                "Compile c3 s2 hw1 Error _ _",
                "Compile.Error e1 s2 hw1 _ c3 x");

        assertThat(measures(ErrorType.TYPE)).isEqualTo(BOTH_FAILED + " 0.000; - 0.000");
    }

    @Test
    void unknownTypes_areNotShared() throws IOException {
        DatasetFiles.mainTable(
                directory,
                "EventType EventID SubjectID CompileResult ParentEventID CompileMessageType",
                "Compile c1 s1 Error _ _",
                "Compile.Error e1 s1 _ c1 _",
                "Compile c2 s1 Error _ _",
                "Compile.Error e2 s1 _ c2 _");

        assertThat(measures(ErrorType.TYPE)).isEqualTo(BOTH_FAILED + " 0.000");
    }

    @Test
    void errorsAlone_sayThatACompilationFailed() throws IOException {
        DatasetFiles.mainTable(
                directory,
                "EventType EventID SubjectID ParentEventID CompileMessageType",
                "Compile c1 s1 _ _",
                "Compile c2 s1 _ _",
                "Compile.Error e2 s1 c2 x");

        assertThat(rows(ErrorType.TYPE)).isEqualTo("s1   2/1");
    }

    @Test
    void datasetWithoutErrorEvents_leavesTheMeasuresOfFailuresUndefined_andSaysSo() throws IOException {
        DatasetFiles.mainTable(
                directory,
                "EventType EventID SubjectID CompileResult",
                "Compile 1 s1 Error",
                "Compile 2 s1 Error",
                "Compile 3 s2 Success",
                "Compile 4 s2 Success");

        assertThat(measures(ErrorType.MESSAGE)).isEqualTo("- -; 0.000 0.000");
        assertThat(analysis(ErrorType.MESSAGE).notes())
                .singleElement()
                .asString()
                .contains("no Compile.Error");
    }

    @Test
    void unknownSubject_hasCountsOnly() throws IOException {
        DatasetFiles.mainTable(
                directory,
                "EventType EventID SubjectID CompileResult",
                "Compile 1 UNKNOWN Success",
                "Compile 2 UNKNOWN Success");

        assertThat(rows(ErrorType.TYPE)).isEqualTo("UNKNOWN   2/0");
        assertThat(measures(ErrorType.TYPE)).isEqualTo("- -");
    }

    @Test
    void studentWhoNeverCompiled_hasARowPerAssignment() throws IOException {
        DatasetFiles.mainTable(
                directory,
                "EventType EventID SubjectID AssignmentID",
                "Session.Start 1 s1 _",
                "Run.Program 2 s1 hw1",
                "X-Own 3 s1 hw1");

        assertThat(rows(ErrorType.TYPE)).isEqualTo("s1 hw1  0/0");
        assertThat(measures(ErrorType.TYPE)).isEqualTo("- -");
    }

    @Test
    void eventWithoutASubject_isNoStudents() throws IOException {
        DatasetFiles.mainTable(
                directory,
                "EventType EventID SubjectID AssignmentID CompileResult",
                "Session.Start 1 _ hw1 _",
                "Compile 2 s1 hw1 Success");

        assertThat(rows(ErrorType.TYPE)).isEqualTo("s1 hw1  1/0");
    }

    /**
     * The rows are in the order 1, 2, 3. Events 1 and 3 fail with the same error; event 2 succeeds. The right order is
     * 1, 3, 2: fail, fail, succeed.
     */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Global     | _            | by Order                            | 1 3 2 | 1 2 3 | 1 2 3",
                "Restricted | SubjectID    | by Order                            | 1 3 2 | 1 2 3 | 1 2 3",
                "Restricted | SubjectID;CourseSectionID | one scope: by Order     | 1 3 2 | 1 2 3 | 1 2 3",
                "Restricted | CodeStateID  | several scopes: by ClientTimestamp  | 1 2 3 | 1 3 2 | 1 2 3",
                "None       | _            | by ClientTimestamp                  | 1 2 3 | 1 3 2 | 1 2 3",
                "Global     | _            | an Order is absent: by timestamp    | 1 _ 3 | 1 3 2 | 1 2 3",
                "None       | _            | a ClientTimestamp is absent         | 1 2 3 | 1 _ 3 | 1 3 2",
                "Global     | _            | Order of other tools                | 1.0 3.0 2 | 1 2 3 | 1 2 3"
            })
    void events_areOrderedAsTheMetadataDeclares(
            String scope, String columns, String name, String orders, String client, String server) throws IOException {
        DatasetFiles.metadata(directory, scope, columns.equals("_") ? "" : columns);
        String[] order = orders.split(" ", -1);
        String[] clientTime = client.split(" ", -1);
        String[] serverTime = server.split(" ", -1);
        DatasetFiles.mainTable(
                directory,
                "EventType EventID SubjectID CourseSectionID CodeStateID Order ClientTimestamp ServerTimestamp"
                        + " CompileResult ParentEventID CompileMessageType",
                "Compile 1 s1 A state1 %s %s %s Error _ _".formatted(order[0], at(clientTime[0]), at(serverTime[0])),
                "Compile 2 s1 A state2 %s %s %s Success _ _".formatted(order[1], at(clientTime[1]), at(serverTime[1])),
                "Compile 3 s1 A state3 %s %s %s Error _ _".formatted(order[2], at(clientTime[2]), at(serverTime[2])),
                "Compile.Error 4 s1 A _ _ _ _ _ 1 x",
                "Compile.Error 5 s1 A _ _ _ _ _ 3 x");

        assertThat(measures(ErrorType.TYPE)).isEqualTo("0.500 0.500");
    }

    private static String at(String second) {
        return second.equals("_") ? "_" : "2026-03-02T09:15:0%s.5+0900".formatted(second);
    }

    @Test
    void equalTimestamps_keepTheOrderOfTheRows() throws IOException {
        DatasetFiles.mainTable(
                directory,
                "EventType EventID SubjectID ServerTimestamp ParentEventID CompileMessageType",
                "Compile 9 s1 2026-03-02T09:15:00 _ _",
                "Compile 8 s1 2026-03-02T09:15:00Z _ _",
                "Compile 7 s1 2026-03-02T18:15:00+09:00 _ _",
                "Compile.Error 1 s1 _ 9 x",
                "Compile.Error 2 s1 _ 8 x");

        assertThat(measures(ErrorType.TYPE)).isEqualTo("0.500 0.500");
    }

    @Test
    void watwin_comparesWithTheCourse() throws IOException {
        DatasetFiles.mainTable(
                directory,
                "EventType EventID SubjectID CourseID ClientTimestamp CodeStateSection CompileResult ParentEventID"
                        + " CompileMessageType CompileMessageData SourceLocation",
                "Compile 1 s1 os 2026-03-02T09:15:00Z a.c Error _ _ _ _",
                "Compile.Error e1 s1 os _ a.c _ 1 x m Text:3:7",
                "Compile 2 s1 os 2026-03-02T09:15:30Z a.c Error _ _ _ _",
                "Compile.Error e2 s1 os _ a.c _ 2 x n Text:3:9",
                "Compile 3 s1 os 2026-03-02T09:15:40Z b.c Success _ _ _ _",
                "Compile 4 s2 algo 2026-03-02T09:15:00Z a.c Error _ _ _ _",
                "Compile 5 s2 algo 2026-03-02T19:15:00Z a.c Success _ _ _ _");

        assertThat(analysis(ErrorType.TYPE).sessions().map(SessionMeasures::watwin))
                .containsExactly(OptionalDouble.of(21 / 35.0), OptionalDouble.of(15 / 35.0));
    }

    @Test
    void withoutTimestamps_thereIsNoWatwin() throws IOException {
        DatasetFiles.mainTable(
                directory,
                "EventType EventID SubjectID ParentEventID CompileMessageType",
                "Compile 1 s1 _ _",
                "Compile.Error 2 s1 1 x",
                "Compile 3 s1 _ _");

        assertThat(analysis(ErrorType.TYPE).sessions().map(SessionMeasures::watwin))
                .containsExactly(OptionalDouble.empty());
    }

    @Test
    void errorsOfOtherEvents_areNotCounted_andSaidToBeSo() throws IOException {
        DatasetFiles.mainTable(
                directory,
                "EventType EventID SubjectID AssignmentID ParentEventID CompileMessageType",
                "Run.Program 1 s1 hw1 _ _",
                "Compile.Error 2 s1 hw1 1 SyntaxError");

        assertThat(rows(ErrorType.TYPE)).isEqualTo("s1 hw1  0/0");
        assertThat(analysis(ErrorType.TYPE).notes()).singleElement().asString().startsWith("1 Compile.Error events");
    }

    @Test
    void missingMetadata_meansTheFormatsDefaults_andIsSaid() throws IOException {
        Files.delete(directory.resolve("DatasetMetadata.csv"));
        DatasetFiles.mainTable(directory, "EventType EventID SubjectID", "Compile 1 s1");

        assertThat(analysis(ErrorType.TYPE).notes()).singleElement().asString().contains("DatasetMetadata.csv");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EventID SubjectID      | 1 s1               | MainTable.csv:1:1: there is no column EventType",
                "EventType SubjectID    | Compile s1         | MainTable.csv:1:1: there is no column EventID",
                "EventType EventID      | Compile 1          | MainTable.csv:1:1: there is no column SubjectID",
                "EventType EventID SubjectID | Compile 1 _   | MainTable.csv:3:11: SubjectID is empty",
                "EventType EventID SubjectID | Compile _ s1  | MainTable.csv:3:9: EventID is empty",
                "EventType EventID SubjectID | _ 1 s1        | MainTable.csv:3:1: EventType is empty",
                "EventType EventID SubjectID | Compile 0 s1  | MainTable.csv:3:9: an event before has the EventID"
                        + " \"0\" too",
                "EventType EventID SubjectID CompileResult | Compile 1 s1 error | MainTable.csv:3:14: CompileResult is"
                        + " \"error\", but has to be Success, Warning or Error",
                "EventType EventID SubjectID Order | Compile 1 s1 1.5 | MainTable.csv:3:14: \"1.5\" is not an integer",
                "EventType EventID SubjectID ClientTimestamp | Compile 1 s1 2026-02-30T00:00:00Z |"
                        + " MainTable.csv:3:14: \"2026-02-30T00:00:00Z\" is not a timestamp",
                "EventType EventID SubjectID ParentEventID CompileMessageData | Compile.Error 1 s1 7 x |"
                        + " MainTable.csv:3:20: no event has this ParentEventID as its EventID",
                "EventType EventID SubjectID ParentEventID CompileMessageData | Compile.Error 1 s1 _ x |"
                        + " MainTable.csv:3:20: ParentEventID is empty",
                "EventType EventID SubjectID | Compile.Error 1 s1 | MainTable.csv:1:1: there is no column"
                        + " ParentEventID, although there are Compile.Error events",
                "EventType EventID SubjectID ParentEventID | Compile.Error 1 s1 0 | MainTable.csv:1:1: there is no"
                        + " column CompileMessageData, which holds the error type first-line"
            })
    void badRow_isNamedWithLineAndColumn(String header, String row, String problem) throws IOException {
        String[] titles = header.split(" ", -1);
        String first = Arrays.stream(titles)
                .map(title -> switch (title) {
                    case "EventType" -> "Compile";
                    case "EventID" -> "0";
                    case "SubjectID" -> "s0";
                    default -> "_";
                })
                .collect(joining(" "));
        DatasetFiles.mainTable(directory, header, first, row);

        assertThatThrownBy(() -> analysis(ErrorType.FIRST_LINE))
                .isInstanceOf(BadDataset.class)
                .hasMessage(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Local      | _         | DatasetMetadata.csv:3:17: EventOrderScope is \"Local\", but has to be Global,"
                        + " Restricted or None",
                "Restricted | _         | DatasetMetadata.csv:1:1: EventOrderScope is Restricted, so"
                        + " EventOrderScopeColumns has to name columns",
                "Restricted | CourseID  | MainTable.csv:1:1: there is no column CourseID"
            })
    void badMetadata_isNamedWithLineAndColumn(String scope, String columns, String problem) throws IOException {
        DatasetFiles.metadata(directory, scope, columns.replace("_", ""));
        DatasetFiles.mainTable(directory, "EventType EventID SubjectID", "Compile 1 s1");

        assertThatThrownBy(() -> analysis(ErrorType.TYPE))
                .isInstanceOf(BadDataset.class)
                .hasMessage(problem);
    }

    @Test
    void directoryWithoutAMainTable_isNoDataset() {
        assertThatThrownBy(() -> analysis(ErrorType.TYPE))
                .isInstanceOf(BadDataset.class)
                .hasMessageContaining("has no MainTable.csv");
    }

    @Test
    void datasetOfProcmon_isReadable() throws IOException {
        Subjects subjects = new Subjects(new KeyedHash("a key for this test".getBytes(StandardCharsets.UTF_8)));
        new Dataset(
                        List.of(new Work(new Student("os", "1", "202012180"), "hw1")),
                        _ -> Story.of("0:00 build failed; 1:00 build ok; 2:00 run ok; 3:00 build ok"),
                        _ -> List.of(),
                        subjects,
                        Duration.ofMinutes(30),
                        List.of())
                .write((path, content) -> {
                    Path file = directory.resolve(path);
                    Files.createDirectories(file.getParent());
                    try (OutputStream out = Files.newOutputStream(file)) {
                        content.to(out);
                    }
                });

        assertThat(rows(ErrorType.FIRST_LINE)).endsWith(" hw1 os 3/1");
    }

    private ErrorAnalysis analysis(ErrorType type) throws IOException {
        return ErrorAnalysis.of(directory, type);
    }

    /** The number of compilations and of failures of each session. */
    private String rows(ErrorType type) throws IOException {
        return analysis(type)
                .sessions()
                .map(session -> "%s %s %s %d/%d"
                        .formatted(
                                session.subject(),
                                session.assignment(),
                                session.course(),
                                session.compiles(),
                                session.failedCompiles()))
                .collect(joining("; "));
    }

    /** The Error Quotient and the Repeated Error Density of each row. */
    private String measures(ErrorType type) throws IOException {
        return analysis(type)
                .sessions()
                .map(session -> text(session.errorQuotient()) + " " + text(session.repeatedErrorDensity()))
                .collect(joining("; "));
    }

    private static String text(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.3f", value.getAsDouble()) : "-";
    }
}
