package io.procmon.classroom.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.classroom.course.Courses;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.overview.ClassQuery.Order;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Execution;
import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.RunningProgram;
import io.procmon.classroom.workflow.Story;
import io.procmon.classroom.workflow.Work;
import io.procmon.process.Student;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveViewTest {

    /** Later than any deletion, because a deletion has the time of the machine. */
    private static final Instant BEGIN = Instant.parse("2100-03-01T09:00:00Z");

    private static final Rules RULES = new Rules(Duration.ofMinutes(10), 50, 2);
    private static final List<String> ACTIONS = List.of(
            "build ok", "build failed says=a", "build failed says=b says=a", "run ok", "run SIGSEGV", "run SIGSEGV");
    private static final List<ClassQuery> QUERIES = List.of(
            query("", "", "", "", "", Order.SIGNS, false, 0),
            query("1", "", "", "", "", Order.STUDENT, true, 0),
            query("2", "", "", "", "", Order.HOMEWORK, false, 1),
            query("", "hw1", "", "", "", Order.BUILDS, false, 0),
            query("", "", "late", "", "", Order.SEEN, false, 0),
            query("", "", "", "#2", "", Order.RUNS, true, 0),
            query("", "", "", "W1", "", Order.STATE, false, 0),
            query("", "", "", "", "a", Order.SEEN, true, 0));

    @TempDir
    private Path directory;

    private final Map<Work, List<RunningProgram>> running = new ConcurrentHashMap<>();
    private Instant now = BEGIN;
    private Courses courses;
    private ClassRegister register;
    private Overview overview;

    /** Among the changes are more than {@link Cohort#CHANGES_MAX} that no view looks at meanwhile. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void view_isThatOfTheRows_afterAnyChanges(long seed) throws IOException {
        open();
        Random random = new Random(seed);
        enter(work("1", "7", "hw1"), "build ok", new UUID(seed, 1));
        List<LiveView> views = QUERIES.stream().map(LiveView::new).toList();
        for (int moment = 0; moment < 150; moment++) {
            int changes = moment % 50 == 49 ? 2 * Cohort.CHANGES_MAX : random.nextInt(3);
            for (int change = 0; change < changes; change++) {
                change(random);
                overview.cohorts(_ -> true, now);
            }

            List<Cohort> cohorts = overview.cohorts(_ -> true, now);

            List<Row> rows = cohorts.stream().flatMap(it -> it.rows().stream()).toList();
            for (int i = 0; i < views.size(); i++) {
                assertThat(views.get(i).of(cohorts))
                        .as("moment %d, %s", moment, QUERIES.get(i))
                        .isEqualTo(new PlainView(courses.of("os"), RULES, QUERIES.get(i), register.runningWorks(), now)
                                .of(rows));
            }
        }
    }

    @Test
    void viewIsTheSame_ifNothingHasChanged() throws IOException {
        open();
        enter(work("1", "7", "hw1"), "build ok");
        LiveView view = new LiveView(QUERIES.getFirst());
        ClassView before = view.of(overview.cohorts(_ -> true, now));

        assertThat(view.of(overview.cohorts(_ -> true, now.plusSeconds(5)))).isSameAs(before);

        enter(work("1", "7", "hw1"), "run ok");
        assertThat(view.of(overview.cohorts(_ -> true, now.plusSeconds(6)))).isNotEqualTo(before);
    }

    private void open() throws IOException {
        Files.writeString(
                directory.resolve("os.yaml"), """
                course: os
                homeworks:
                  - {name: hw1, due: "%s", sources: [list.c]}
                  - {name: hw2, opens: "%s", milestones: [{name: it compiles, built: main.c}]}
                """.formatted(BEGIN.plusSeconds(3_600), BEGIN.plusSeconds(7_200)));
        Files.writeString(directory.resolve("os-2.yaml"), """
                course: os
                sections: ["2"]
                homeworks: [{name: hw5}]
                """);
        Map<String, String> options = Map.of("procmon.requirements.dir", directory.toString());
        courses = new Courses(Classroom.config(options));
        register = new ClassRegister(Classroom.config(options), courses);
        register.open(() -> running);
        overview = new Overview(register, courses, RULES, 1_000);
    }

    private void change(Random random) {
        Work work = work(
                Integer.toString(1 + random.nextInt(2)),
                Integer.toString(7 + random.nextInt(6)),
                "hw" + (1 + random.nextInt(5)));
        switch (random.nextInt(40)) {
            case 0 -> now = now.plus(RULES.idle()).plusSeconds(random.nextInt(600));
            case 1, 2, 3 -> now = now.plusSeconds(60 + random.nextInt(120));
            case 4 -> now = now.minusSeconds(3_600);
            case 5, 6 -> register.enter(work, new Intervention(new UUID(random.nextLong(), 0), now, "Kim"));
            case 7 -> register.setOptedOut(work.student(), Optional.of(now));
            case 8, 9 -> register.setOptedOut(work.student(), Optional.empty());
            case 10 -> register.forget(work.student());
            case 11, 12 -> running.put(work, List.of(new RunningProgram("main", now, Duration.ZERO)));
            case 13, 14, 15 -> running.keySet().stream().findFirst().ifPresent(running::remove);
            default -> {
                now = now.plusSeconds(random.nextInt(20));
                enter(work, ACTIONS.get(random.nextInt(ACTIONS.size())), new UUID(random.nextLong(), 1));
            }
        }
    }

    private void enter(Work work, String action) {
        enter(work, action, UUID.randomUUID());
    }

    private void enter(Work work, String action, UUID id) {
        Attempt told = Story.of("0:00 " + action).getFirst();
        Execution execution = told.execution();
        register.enter(
                work,
                new Attempt(
                        id,
                        told.kind(),
                        told.type(),
                        told.target(),
                        new Execution(
                                now.minusSeconds(1), now, execution.status(), execution.cpu(), execution.peakMemory()),
                        told.files(),
                        told.descent(),
                        told.origin(),
                        told.test(),
                        told.failedChecks(),
                        told.diagnostics()));
    }

    private static Work work(String section, String student, String homework) {
        return new Work(new Student("os", section, student), homework);
    }

    private static ClassQuery query(
            String section,
            String homework,
            String state,
            String search,
            String error,
            Order order,
            boolean descending,
            int page) {
        return new ClassQuery(
                given(section),
                given(homework),
                given(state),
                given(search),
                given(error),
                order,
                descending,
                page,
                10);
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
