package io.procmon.classroom.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.classroom.course.Courses;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.overview.ClassQuery.Order;
import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.RunningProgram;
import io.procmon.classroom.workflow.State;
import io.procmon.classroom.workflow.Story;
import io.procmon.classroom.workflow.Work;
import io.procmon.config.ProcmonConfig;
import io.procmon.process.Student;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassViewTest {

    private static final Rules RULES = new Rules(Duration.ofMinutes(30), 90, 3);
    private static final ClassQuery ALL = query("", "", "", Order.SIGNS, false, 0, 50);

    private final ProcmonConfig config = Classroom.config(Map.of());
    private final Courses courses = new Courses(config);
    private final ClassRegister register = new ClassRegister(config, courses);
    private final Overview overview = new Overview(register, courses, RULES, 1_000);

    ClassViewTest() {
        register.open(Map::of);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        signs    | false | | | | 0 | 9 | 7 hw2, 10 hw1, 7 hw1, 9 hw1, 7 hw10
        student  | false | | | | 0 | 9 | 10 hw1, 7 hw1, 7 hw2, 7 hw10, 9 hw1
        student  | true  | | | | 0 | 9 | 9 hw1, 7 hw1, 7 hw2, 7 hw10, 10 hw1
        homework | false | | | | 0 | 9 | 10 hw1, 7 hw1, 9 hw1, 7 hw2, 7 hw10
        state    | false | | | | 0 | 9 | 7 hw2, 7 hw10, 10 hw1, 9 hw1, 7 hw1
        builds   | false | | | | 0 | 9 | 7 hw2, 10 hw1, 7 hw1, 9 hw1, 7 hw10
        runs     | false | | | | 0 | 9 | 10 hw1, 7 hw1, 9 hw1, 7 hw2, 7 hw10
        seen     | false | | | | 0 | 9 | 7 hw2, 7 hw10, 9 hw1, 10 hw1, 7 hw1
        student  | false | | | | 0 | 2 | 10 hw1, 7 hw1
        student  | false | | | | 1 | 2 | 7 hw2, 7 hw10
        student  | false | | | | 2 | 2 | 9 hw1
        student  | false | | | | 3 | 2 |
        student  | false | hw1 | | | 0 | 9 | 10 hw1, 7 hw1, 9 hw1
        student  | false | | working | | 0 | 9 | 7 hw2, 7 hw10
        student  | false | | | HW10 | 0 | 9 | 7 hw10
        student  | false | | | 1 | 0 | 9 | 10 hw1, 7 hw1, 7 hw10, 9 hw1
        student  | false | | | #2 | 0 | 9 | 7 hw1, 7 hw2, 7 hw10
        student  | false | | | #0 | 0 | 9 |
        """)
    void page_isWhatIsAskedFor(
            String order,
            boolean descending,
            String homework,
            String state,
            String search,
            int page,
            int size,
            String expected) {
        enter("7", "hw1", "0:00 build ok; 1:00 run ok");
        enter("7", "hw2", "40:00 build failed; 41:00 build failed");
        enter("7", "hw10", "30:00 compile ok");
        enter("9", "hw1", "20:00 build ok");
        enter("10", "hw1", "2:00 build failed; 3:00 build ok; 4:00 run SIGSEGV");

        ClassView view = view(query(
                text(homework),
                text(state),
                text(search),
                Order.valueOf(order.toUpperCase(Locale.ROOT)),
                descending,
                page,
                size));

        assertThat(names(view.page())).isEqualTo(text(expected));
    }

    @Test
    void studentWhoHasOptedOut_isARow_andInNoFigureOfTheClass() {
        enter("7", "hw1", "10:00 build failed; 12:00 build ok");
        enter("8", "hw1", "10:00 run SIGSEGV; 11:00 run SIGSEGV; 12:00 run SIGSEGV");
        Work optedOut = enter(
                "9",
                "hw1",
                "9:00 build failed; 10:00 build ok; 11:00 run SIGSEGV; 12:00 run SIGSEGV;" + " 12:10 run SIGSEGV");
        enter("9", "hw2", "10:00 build ok");
        ClassView before = view(ALL);
        assertThat(names(before.help())).isEqualTo("8 hw1, 9 hw1");
        assertThat(before.funnels()).extracting(Funnel::students).containsExactly(3, 3);

        register.setOptedOut(optedOut.student(), Optional.of(Story.at("13:00")));

        ClassView view = view(ALL);
        assertThat(view.page())
                .filteredOn(entry -> entry.row().work().student().id().equals("9"))
                .hasSize(2)
                .allMatch(entry ->
                        entry.row().state() == State.OPTED_OUT && entry.signs().isEmpty() && !entry.atWork());
        assertThat(names(view.help())).isEqualTo("8 hw1");
        assertThat(view.funnels()).hasSize(1).allMatch(it -> it.students() == 2 && it.notStarted() == 0);
        assertThat(overview.cohorts(_ -> true, Story.at("13:00")).getFirst().medians("hw1"))
                .map(Cohort.Medians::students)
                .contains(2);
    }

    @Test
    void help_beginsWithWhoHasWaitedLongest_andIsForStudentsAtWork() {
        enter("7", "hw1", "10:00 run SIGSEGV; 11:00 run SIGSEGV; 12:00 run SIGSEGV");
        enter("8", "hw1", "5:00 run SIGSEGV; 6:00 run SIGSEGV; 30:00 run SIGSEGV");
        enter("9", "hw1", "0:00 run SIGSEGV; 0:10 run SIGSEGV; 0:20 run SIGSEGV");
        Work helped = enter("10", "hw1", "9:00 run SIGSEGV; 10:00 run SIGSEGV; 11:00 run SIGSEGV");
        register.enter(helped, new Intervention(new UUID(0, 1), Story.at("12:00"), "Kim"));

        ClassView view = view(ALL);

        assertThat(names(view.help())).isEqualTo("8 hw1, 7 hw1");
        assertThat(names(view.helped())).isEqualTo("10 hw1");
        assertThat(view.page()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # three others needed 1, 2 and 3 minutes to their first program
        build failed at the first step    | 30:00 build failed; 34:00 build failed            | 4 builds-at-built within 181 s of 3
        not longer than the others        | 30:00 build failed; 32:00 build failed            |
        a single failure is no comparison | 30:00 build failed for=400                        |
        nobody was at this step           | 30:00 build ok; 31:00 build failed; 39:00 build failed |
        repaired                          | 30:00 build failed; 34:00 build failed; 35:00 build ok |
        """)
    void longerThanTheClass_isComparedAtTheSameStep(String name, String story, String expected) {
        enter("1", "hw1", "0:00 build failed; 1:00 build ok");
        enter("2", "hw1", "0:00 build failed; 2:00 build ok");
        enter("3", "hw1", "0:00 build failed; 3:00 build ok");
        enter("4", "hw2", "0:00 build failed; 9:00 build ok");
        Work work = enter("7", "hw1", story);

        Optional<Entry.Comparison> comparison = view(ALL).page().stream()
                .filter(entry -> entry.row().work().equals(work))
                .flatMap(entry -> entry.signs().stream())
                .flatMap(sign -> sign.comparison().stream())
                .findFirst();

        assertThat(comparison.map(it -> "%d builds-at-%s within %d s of %d"
                        .formatted(
                                it.failures().time().toMinutes(),
                                it.failures().step().kind().label(),
                                it.norm().time().toSeconds(),
                                it.norm().students())))
                .as(name)
                .isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        stuck now                        | 2970:00 build failed; 2975:00 build failed; 2980:00 build failed; 2984:00 build failed; 2990:00 build failed | | stuck 2970:00, longer-than-class 2970:00
        stuck days ago, a run today      | 0:00 build failed; 3:00 build failed; 6:00 build failed; 9:00 build failed; 12:00 build failed; 2990:00 run failed | |
        stuck days ago, and fails again  | 0:00 build failed; 3:00 build failed; 6:00 build failed; 9:00 build failed; 12:00 build failed; 2980:00 run failed; 2990:00 build failed | | stuck 2990:00, longer-than-class 2990:00
        crashed days ago, a build today  | 0:00 run SIGSEGV; 1:00 run SIGSEGV; 2:00 run SIGSEGV; 2990:00 build ok | |
        crashed days ago, and today      | 0:00 run SIGSEGV; 1:00 run SIGSEGV; 2:00 run SIGSEGV; 2989:00 build ok; 2990:00 run SIGSEGV | | crash-loop 2990:00
        crashed, a teacher came          | 2980:00 run SIGSEGV; 2981:00 run SIGSEGV; 2982:00 run SIGSEGV; 2986:00 run SIGSEGV | 2984:00 |
        crashed again after a teacher    | 2980:00 run SIGSEGV; 2981:00 run SIGSEGV; 2982:00 run SIGSEGV; 2986:00 run SIGSEGV; 2987:00 run SIGSEGV; 2988:00 run SIGSEGV | 2984:00 | crash-loop 2986:00
        longer than the class now        | 2970:00 build failed; 2990:00 build failed | | longer-than-class 2970:00
        longer days ago, a run today     | 0:00 build failed; 20:00 build failed; 2990:00 run failed | |
        longer days ago, and fails again | 0:00 build failed; 20:00 build failed; 2990:00 build failed | | longer-than-class 2990:00
        """)
    void help_isForWhatHappensInTheCurrentSession_sinceThen(String name, String story, String helped, String expected) {
        List.of("1", "2", "3").forEach(other -> enter(other, "hw1", "0:00 build failed; 1:00 build ok"));
        Work work = enter("7", "hw1", story);
        Optional.ofNullable(helped)
                .ifPresent(at -> register.enter(work, new Intervention(UUID.randomUUID(), Story.at(at), "Kim")));
        Instant now = Story.at("3000:00");

        List<Entry> help =
                new LiveView(ALL).of(overview.cohorts("os"::equals, now)).help();

        assertThat(help.stream()
                        .flatMap(entry -> entry.signs().stream())
                        .filter(Entry.Sign::calls)
                        .map(sign -> sign.name() + " " + Story.time(sign.since().orElseThrow()))
                        .collect(Collectors.joining(", ")))
                .as(name)
                .isEqualTo(text(expected));
    }

    /** A program that a student left running before a pause has lasted from its start. */
    @Test
    void help_forAProgramThatStillRuns_isSinceItsStart() {
        Work work = new Work(new Student("os", "1", "7"), "hw1");
        RunningProgram spins = new RunningProgram("main", Story.at("60:00"), Duration.ofHours(40));
        ClassRegister running = new ClassRegister(config, courses);
        running.open(() -> Map.of(work, List.of(spins)));
        Story.of("0:00 build ok; 2990:00 build ok").forEach(attempt -> running.enter(work, attempt));
        Instant now = Story.at("3000:00");

        List<Cohort> cohorts = new Overview(running, courses, RULES, 1_000).cohorts("os"::equals, now);

        assertThat(new LiveView(ALL).of(cohorts).help())
                .singleElement()
                .extracting(Entry::since)
                .isEqualTo(Story.at("60:00"));
    }

    @Test
    void comparison_needsEnoughOthers_andTheOwnRepairsAreNone() {
        enter("1", "hw1", "0:00 build failed; 1:00 build ok");
        enter("2", "hw1", "0:00 build failed; 2:00 build ok");
        Work work =
                enter("7", "hw1", "0:00 compile failed; 1:00 compile ok; 20:00 compile failed; 29:00 compile failed");

        ClassView view = view(ALL);

        assertThat(view.page())
                .filteredOn(entry -> entry.row().work().equals(work))
                .flatExtracting(Entry::signs)
                .isEmpty();
        RepairTimes times = new RepairTimes();
        cohort().rows().forEach(row -> times.add(row.repairs()));
        assertThat(times.norm(row(work).repairs(), 100)).contains(new Cohort.Norm(2, 100, Duration.ofSeconds(121)));
        assertThat(times.norm(row(work).repairs(), 50)).contains(new Cohort.Norm(2, 50, Duration.ofSeconds(61)));
    }

    @Test
    void funnel_countsTheStudentsOfTheClass_alsoThoseWhoHaveNotBegun() {
        enter("7", "hw1", "0:00 build ok; 1:00 run ok");
        enter("8", "hw1", "0:00 build ok");
        enter("9", "hw1", "30:00 build failed");
        enter("9", "hw2", "0:00 build ok");

        assertThat(view(ALL).funnels().stream()
                        .map(it -> "%s: %d of %d have not begun, %d at work, %s"
                                .formatted(
                                        it.homework(),
                                        it.notStarted(),
                                        it.students(),
                                        it.atWork(),
                                        it.reached().entrySet().stream()
                                                .map(step ->
                                                        step.getKey().kind().label() + " " + step.getValue())
                                                .collect(Collectors.joining(" ")))))
                .containsExactly(
                        "hw1: 0 of 3 have not begun, 1 at work, working 3 built 2 ran 1",
                        "hw2: 2 of 3 have not begun, 0 at work, working 1 built 1 ran 0");
    }

    @Test
    void medians_areOfThoseWhoHaveBegun() {
        enter("7", "hw1", "0:00 build failed; 1:00 build ok; 2:00 run ok");
        enter("8", "hw1", "0:00 build ok; 9:00 build ok; 10:00 build ok");
        enter("9", "hw1", "0:00 run ok");
        enter("9", "hw2", "0:00 build ok");

        assertThat(cohort().medians("hw1"))
                .contains(new Cohort.Medians(3, 2, 0, 1, Duration.ofSeconds(121), Optional.of(Duration.ofSeconds(60))));
        assertThat(cohort().medians("hw3")).isEmpty();
    }

    @Test
    void recentBuildsAndRuns_areInTheirOrder() {
        Work work =
                enter("7", "hw1", "0:00 build failed; 1:00 build ok; 2:00 run SIGSEGV; 3:00 run SIGINT; 4:00 run ok");

        assertThat(row(work).recent())
                .extracting(it -> it.kind().label() + " " + it.ending().label())
                .containsExactly("build failed", "build ok", "run crashed", "run stopped", "run ok");
    }

    @Test
    void commonError_isThatOfMostStudents() {
        enter("7", "hw1", "0:00 build failed says=a says=b");
        enter("8", "hw1", "1:00 build failed says=b");
        enter("9", "hw1", "0:00 build failed says=c; 1:00 build ok");

        assertThat(view(ALL).errors())
                .extracting(it -> it.type() + " " + it.students() + " " + Story.time(it.since()))
                .containsExactly("b 2 0:00", "a 1 0:00");
        assertThat(names(view(new ClassQuery(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("a"),
                                Order.SIGNS,
                                false,
                                0,
                                9))
                        .page()))
                .isEqualTo("7 hw1");
    }

    /** A student has begun hw1. hw3 opens later, although a later pattern names it too. Another section has hw4. */
    @Test
    void homeworkThatNobodyHasBegun_hasAFunnel_asSoonAsItIsOpen(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("os.yaml"), """
                course: os
                sections: ["1"]
                homeworks:
                  - {name: hw1}
                  - name: hw2
                    opens: %s
                    milestones: [{name: it compiles, built: main.c}]
                  - {name: hw3, opens: %s}
                  - {name: "hw[35-6]"}
                  - {name: "lab.*"}
                """.formatted(now().minusSeconds(1), now().plusSeconds(1)));
        Files.writeString(directory.resolve("os-2.yaml"), """
                course: os
                sections: ["2"]
                homeworks: [{name: hw4}]
                """);
        Courses files = new Courses(Classroom.config(Map.of("procmon.requirements.dir", directory.toString())));
        enter("7", "hw1", "0:00 build ok");

        List<Cohort> cohorts = new Overview(register, files, RULES, 1_000).cohorts("os"::equals, now());
        List<Funnel> funnels = new LiveView(ALL).of(cohorts).funnels();

        assertThat(funnels)
                .extracting(it -> it.homework() + " " + it.notStarted() + " of " + it.students())
                .containsExactly("hw1 0 of 1", "hw2 1 of 1", "hw5 1 of 1", "hw6 1 of 1");
        assertThat(funnels.get(1).reached().entrySet())
                .extracting(step -> step.getKey().kind().label() + step.getKey().name() + " " + step.getValue())
                .containsExactly(
                        "working 0", "built 0", "ran 0", "milestoneit compiles 0", "requirementopen 0", "done 0");
    }

    /** The section filter selects students who have not begun what the other section has begun. */
    @Test
    void homeworkOfAnotherSection_isNotStartedInThisOne() {
        enter("7", "hw1", "0:00 build ok");
        register.enter(
                new Work(new Student("os", "2", "8"), "hw2"),
                Story.of("0:00 build ok").getFirst());
        ClassQuery second = new ClassQuery(
                Optional.of("2"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Order.SIGNS,
                false,
                0,
                9);

        assertThat(view(second).funnels())
                .extracting(it -> it.homework() + " " + it.notStarted() + " of " + it.students())
                .containsExactly("hw1 1 of 1", "hw2 0 of 1");
    }

    private Work enter(String student, String homework, String story) {
        Work work = new Work(new Student("os", "1", student), homework);
        Story.of(story).forEach(attempt -> register.enter(work, attempt));
        return work;
    }

    private ClassView view(ClassQuery query) {
        return new LiveView(query).of(List.of(cohort()));
    }

    private static Instant now() {
        return Story.at("40:00");
    }

    private Cohort cohort() {
        return overview.cohorts("os"::equals, now()).getFirst();
    }

    private Row row(Work work) {
        return cohort().rows().stream()
                .filter(row -> row.work().equals(work))
                .findFirst()
                .orElseThrow();
    }

    private static ClassQuery query(
            String homework, String state, String search, Order order, boolean descending, int page, int size) {
        return new ClassQuery(
                Optional.empty(),
                given(homework),
                given(state),
                given(search),
                Optional.empty(),
                order,
                descending,
                page,
                size);
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String text(String cell) {
        return cell == null ? "" : cell;
    }

    private static String names(List<Entry> entries) {
        return entries.stream()
                .map(entry -> entry.row().work().student().id() + " "
                        + entry.row().work().homework())
                .collect(Collectors.joining(", "));
    }
}
