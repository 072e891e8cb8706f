package io.procmon.classroom.progsnap2;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.Stories;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {

    private static final Subjects SUBJECTS =
            new Subjects(new KeyedHash("a key for this test".getBytes(StandardCharsets.UTF_8)));
    private static final Work WORK = new Work(new Student("os", "1", "202012180"), "hw1");
    private static final Work OTHER = new Work(new Student("os", "1", "202012181"), "hw1");
    private static final Work LATER = new Work(new Student("os", "1", "202012180"), "hw2");

    @Provide
    Arbitrary<List<Attempt>> stories() {
        return Stories.attempts().list().ofMaxSize(60).uniqueElements(Attempt::id);
    }

    @Property(tries = 30)
    void anyClass_isAcceptedByTheFormatsRules(@ForAll("stories") List<Attempt> story) throws IOException {
        Path directory = Files.createTempDirectory("progsnap2");
        write(directory, Map.of(WORK, story, LATER, Story.of("0:00 build ok; 1:00 run ok via=gdb")));

        assertThat(new Validator().problemsOf(directory)).isEmpty();
    }

    @Test
    void attempts_areTheEventsThatTheFormatHasForThem(@TempDir Path directory) throws IOException {
        write(
                directory,
                Map.of(
                        WORK,
                        Story.of(
                                "0:00 build failed; 1:00 build ok; 2:00 run SIGSEGV; 3:00 run SIGINT; 4:00 test failed;"
                                        + " 5:00 run ok via=gdb; 60:00 run ok")));

        assertThat(Validator.rows(directory.resolve("MainTable.csv")))
                .extracting(row -> "%s %s%s %s"
                        .formatted(
                                row.get("EventType"),
                                row.get("CompileResult"),
                                row.get("ExecutionResult"),
                                row.get("IsFabricatedEvent")))
                .containsExactly(
                        "Session.Start  True",
                        "Compile Error False",
                        "Compile Success False",
                        "Run.Program Error False",
                        "Run.Program Timeout False",
                        "Run.Program Error False",
                        "Debug.Program Success False",
                        "Session.End  True",
                        "Session.Start  True",
                        "Run.Program Success False",
                        "Session.End  True");
    }

    @Test
    void messagesOfACompiler_belongToTheCompile(@TempDir Path directory) throws IOException {
        write(directory, Map.of(WORK, Story.of("0:00 build failed of=main.c says=x; 1:00 build ok")));

        List<Map<String, String>> rows = Validator.rows(directory.resolve("MainTable.csv"));
        Map<String, String> error = rows.get(2);
        assertThat(new Validator().problemsOf(directory)).isEmpty();
        assertThat(error)
                .containsEntry("EventType", "Compile.Error")
                .containsEntry("ParentEventID", rows.get(1).get("EventID"))
                .containsEntry("CompileMessageType", "x")
                .containsEntry("CompileMessageData", "about x")
                .containsEntry("CodeStateSection", "main.c")
                .containsEntry("SourceLocation", "Text:7");
    }

    @Test
    void crashOfARun_isItsErrorOutput(@TempDir Path directory) throws IOException {
        write(directory, Map.of(WORK, Story.of("0:00 run SIGSEGV says=SIGSEGV; 1:00 run ok")));

        List<Map<String, String>> rows = Validator.rows(directory.resolve("MainTable.csv"));
        String id = rows.get(1).get("EventID");
        assertThat(new Validator().problemsOf(directory)).isEmpty();
        assertThat(rows.get(1)).containsEntry("ProgramErrorOutput", "Resources/ProgramErrorOutput.csv#" + id);
        assertThat(rows.get(2)).containsEntry("ProgramErrorOutput", "");
        assertThat(Validator.rows(directory.resolve("Resources/ProgramErrorOutput.csv")))
                .containsExactly(Map.of(
                        "EventID", id,
                        "Severity", "error",
                        "Type", "SIGSEGV",
                        "Message", "about SIGSEGV",
                        "CodeStateSection", "main.c",
                        "Line", "7"));
    }

    @Test
    void intervention_isAnEventOfATeacher_withTheTimeUntilTheStudentRecovered(@TempDir Path directory)
            throws IOException {
        List<Intervention> interventions = List.of(
                new Intervention(new UUID(0, 1), Story.at("1:30"), "Kim"),
                new Intervention(new UUID(0, 2), Story.at("9:00"), "Kim"));
        write(
                directory,
                Map.of(WORK, Story.of("0:00 build failed; 1:00 build failed; 2:00 build ok")),
                Map.of(WORK, interventions),
                List.of());

        assertThat(new Validator().problemsOf(directory)).isEmpty();
        List<Map<String, String>> rows = Validator.rows(directory.resolve("MainTable.csv")).stream()
                .filter(row -> row.get("EventType").equals("Intervention"))
                .toList();
        assertThat(rows)
                .hasSize(2)
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("EventInitiator", "InstructorDirectAction")
                        .containsEntry("IsFabricatedEvent", "False")
                        .doesNotContainValue("Kim"));
        assertThat(Validator.rows(directory.resolve("LinkTables/LinkEvent.csv")))
                .filteredOn(
                        link -> rows.stream().anyMatch(row -> row.get("EventID").equals(link.get("EventID"))))
                .extracting(link -> link.get("RecoveryMs"))
                .containsExactly("31000.000", "");
    }

    @Test
    void languagesTool_isTheLastToolInstance(@TempDir Path directory) throws IOException {
        write(directory, Map.of(WORK, Story.of("0:00 build ok")));

        assertThat(Validator.rows(directory.resolve("MainTable.csv")))
                .extracting(row -> row.get("ToolInstances"))
                .containsExactly("procmon", "procmon;gcc", "procmon");
    }

    @Test
    void gapOfTheLog_marksTheEventsBeforeWhichOthersMayBeMissing(@TempDir Path directory) throws IOException {
        List<Attempt> story =
                Story.of("0:00 build failed; 1:00 build ok; 2:00 run ok; 3:00 run ok; 60:00 run ok; 61:00 run ok");
        Instant begin = story.getFirst().startedAt();

        write(
                directory,
                Map.of(WORK, story),
                List.of(
                        new LogGap(begin.minusSeconds(90), begin.minusSeconds(30), LogGap.DOWN, 0),
                        new LogGap(begin.plusSeconds(70), begin.plusSeconds(75), "exec_ring_full", 12),
                        new LogGap(begin.plusSeconds(600), begin.plusSeconds(1_200), LogGap.DOWN, 0),
                        new LogGap(begin.plusSeconds(1_800), begin.plusSeconds(1_805), "recursion", 1)));

        assertThat(new Validator().problemsOf(directory)).isEmpty();
        assertThat(Validator.rows(directory.resolve("MainTable.csv")))
                .extracting(row -> "%s %s".formatted(row.get("EventType"), row.get("LoggingErrorID")))
                .containsExactly(
                        "Session.Start ",
                        "Compile ",
                        "Compile ",
                        "Run.Program gap-1",
                        "Run.Program ",
                        "Session.End ",
                        "Session.Start gap-2",
                        "Run.Program gap-2",
                        "Run.Program ",
                        "Session.End ");
        assertThat(Validator.rows(directory.resolve("LinkTables/LinkLoggingError.csv")))
                .extracting(
                        row -> "%s %s %s".formatted(row.get("LoggingErrorID"), row.get("Cause"), row.get("LostEvents")))
                .containsExactly("gap-1 exec_ring_full 12", "gap-2 down ", "gap-2 recursion 1");
        assertThat(Validator.rows(directory.resolve("Resources/LoggingGaps.csv")))
                .hasSize(4);
    }

    @Test
    void whatTheFormatHasNoColumnFor_isInTheLinkTable(@TempDir Path directory) throws IOException {
        write(directory, Map.of(WORK, Story.of("0:00 run SIGSEGV for=3 cpu=2 via=valgrind misses=due")));

        assertThat(Validator.rows(directory.resolve("LinkTables/LinkEvent.csv")))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("ExitCode", "139")
                        .containsEntry("Signal", "SIGSEGV")
                        .containsEntry("DurationMs", "3000.000")
                        .containsEntry("CpuMs", "2000.000")
                        .containsEntry("StartedThrough", "valgrind")
                        .containsEntry("FailedRequirements", "due"));
    }

    @Test
    void sizeOfTheSources_isInTheLinkTable_ifSomebodyCouldLook(@TempDir Path directory) throws IOException {
        write(directory, Map.of(WORK, Story.of("0:00 build ok bytes=3000; 1:00 build ok; 2:00 run ok")));

        assertThat(Validator.rows(directory.resolve("LinkTables/LinkEvent.csv")))
                .extracting(row -> row.get("SourceBytes"))
                .containsExactly("3000", "", "");
    }

    @Test
    void noFile_namesAStudent_andAStudentIsTheSameSubjectInEachHomework(@TempDir Path directory) throws IOException {
        List<Attempt> story = Story.of("0:00 build ok; 1:00 run ok");
        write(directory, Map.of(WORK, story, OTHER, story.subList(0, 1), LATER, story.subList(1, 2)));

        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile))
                    .hasSize(8)
                    .allSatisfy(file -> assertThat(file)
                            .content()
                            .doesNotContain("202012180")
                            .doesNotContain("202012181"));
        }
        assertThat(Validator.rows(directory.resolve("MainTable.csv")))
                .extracting(row -> row.get("SubjectID"))
                .containsOnly(SUBJECTS.of(WORK.student()), SUBJECTS.of(OTHER.student()));
    }

    @Test
    void fileThatIsNamedAfterAStudent_isNamedAfterTheSubject(@TempDir Path directory) throws IOException {
        write(directory, Map.of(WORK, Story.of("0:00 build ok of=202012180/hw1_202012180.c")));

        String subject = SUBJECTS.of(WORK.student());
        assertThat(Validator.rows(directory.resolve("MainTable.csv")))
                .extracting(row -> row.get("CodeStateSection"))
                .contains(subject + "/hw1_" + subject + ".c");
    }

    @Test
    void ids_leadToNothingElsewhere_butToEachOther(@TempDir Path directory) throws IOException {
        List<Attempt> story = Story.of("0:00 build ok call=7; 1:00 run ok");
        write(directory, Map.of(WORK, story));

        List<String> links = Validator.rows(directory.resolve("LinkTables/LinkEvent.csv")).stream()
                .map(row -> row.get("EventID"))
                .toList();
        assertThat(links)
                .hasSize(2)
                .doesNotContainAnyElementsOf(
                        story.stream().map(it -> it.id().toString()).toList());
        assertThat(Validator.rows(directory.resolve("MainTable.csv")))
                .extracting(row -> row.get("EventID"))
                .containsAll(links);
        assertThat(directory.resolve("LinkTables/LinkEvent.csv"))
                .content()
                .doesNotContain(new UUID(0, 7).toString())
                .contains(SUBJECTS.of(new UUID(0, 7)).toString());
    }

    @Test
    void unlinkableSubjects_haveOtherNamesEachTime() {
        assertThat(Subjects.unlinkable().of(WORK.student()))
                .isNotEqualTo(Subjects.unlinkable().of(WORK.student()));
    }

    @Test
    void validator_findsWhatIsWrong(@TempDir Path directory) throws IOException {
        write(directory, Map.of(WORK, Story.of("0:00 build ok; 1:00 run ok")));
        Path table = directory.resolve("MainTable.csv");
        Files.writeString(
                table,
                Files.readString(table)
                        .replace("Run.Program", "X-Run.Program")
                        .replace(",Success,", ",Splendid,")
                        .replace("+0000", ""));

        assertThat(new Validator().problemsOf(directory))
                .anyMatch(it -> it.contains("X-Run.Program"))
                .anyMatch(it -> it.contains("Splendid"))
                .anyMatch(it -> it.contains("ClientTimestamp"));
    }

    private static void write(Path directory, Map<Work, List<Attempt>> works) throws IOException {
        write(directory, works, List.of());
    }

    private static void write(Path directory, Map<Work, List<Attempt>> works, List<LogGap> gaps) throws IOException {
        write(directory, works, Map.of(), gaps);
    }

    private static void write(
            Path directory,
            Map<Work, List<Attempt>> works,
            Map<Work, List<Intervention>> interventions,
            List<LogGap> gaps)
            throws IOException {
        Dataset dataset = new Dataset(
                works.keySet(),
                works::get,
                work -> interventions.getOrDefault(work, List.of()),
                SUBJECTS,
                Duration.ofMinutes(30),
                gaps);
        dataset.write((path, content) -> {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            try (OutputStream out = Files.newOutputStream(file)) {
                content.to(out);
            }
        });
    }
}
