package io.procmon.classroom.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.classroom.course.Courses;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.logbook.WorkSelection;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.RunningProgram;
import io.procmon.classroom.workflow.State;
import io.procmon.classroom.workflow.Stories;
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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverviewTest {

    private static final Work WORK = new Work(new Student("os", "1", "7"), "hw1");
    private static final Instant NOW = Story.at("60:00");

    private final Map<Work, List<RunningProgram>> running = new ConcurrentHashMap<>();

    /** The rows after any changes are those that a new overview computes. */
    @Property(tries = 200)
    void rows_areWhatTheStoreHas_wheneverSomebodyLooks(@ForAll("attempts") List<Attempt> attempts) {
        ProcmonConfig config = Classroom.config(Map.of());
        Courses courses = new Courses(config);
        ClassRegister register = new ClassRegister(config, courses);
        register.open(Map::of);
        Overview overview = new Overview(register, courses, config);

        for (int i = 0; i < attempts.size(); i++) {
            Student student = new Student(i % 2 == 0 ? "os" : "db", "1", Integer.toString(i % 3));
            register.enter(new Work(student, "hw" + i % 4), attempts.get(i));
            if (i % 3 == 0) {
                overview.cohorts(_ -> true, NOW);
            }
        }

        assertThat(rows(overview, NOW)).isEqualTo(rows(new Overview(register, courses, config), NOW));
        assertThat(rows(overview, NOW)).hasSameSizeAs(register.works(WorkSelection.ALL));
    }

    @Provide
    Arbitrary<List<Attempt>> attempts() {
        return Stories.attempts().list().ofMaxSize(20);
    }

    @Test
    void studentWhoseFirstProgramRuns_hasARow_untilItEndedWithoutATrace() {
        ClassRegister register = open(Map.of());
        Overview overview = new Overview(register, courses(Map.of()), Classroom.config(Map.of()));
        assertThat(overview.cohorts(_ -> true, NOW)).isEmpty();

        running.put(WORK, List.of(new RunningProgram("main", NOW, Duration.ZERO)));
        assertThat(states(overview, NOW)).containsExactly(State.WORKING);

        running.clear();
        assertThat(states(overview, NOW.plusSeconds(120))).isEmpty();
    }

    @Test
    void homework_isLate_soonAfterItIsDue_withoutAnActivity(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("os.yaml"), """
                course: os
                homeworks:
                  - {name: hw1, due: "%s", sources: [list.c]}
                """.formatted(NOW));
        Map<String, String> options = Map.of("procmon.requirements.dir", directory.toString());
        ClassRegister register = open(options);
        Overview overview = new Overview(register, courses(options), Classroom.config(options));
        register.enter(WORK, Story.of("0:00 build ok").getFirst());

        assertThat(states(overview, NOW.minusSeconds(1))).containsExactly(State.BUILT);
        assertThat(states(overview, NOW.plusSeconds(60))).containsExactly(State.LATE);
    }

    @Test
    void coursesBeyondTheLimit_areForgotten_andReadAgain() {
        ClassRegister register = open(Map.of());
        for (String course : List.of("ai", "db", "os")) {
            for (String student : List.of("7", "8")) {
                register.enter(
                        new Work(new Student(course, "1", student), "hw1"),
                        Story.of("0:00 build ok").getFirst());
            }
        }
        Overview overview = new Overview(
                register, courses(Map.of()), Rules.of(Classroom.config(Map.of()).workflow()), 4);

        Cohort first = cohort(overview, "ai", NOW);
        assertThat(cohort(overview, "db", NOW.plusSeconds(1)).rows()).hasSize(2);
        assertThat(cohort(overview, "ai", NOW.plusSeconds(2))).isSameAs(first);
        assertThat(cohort(overview, "os", NOW.plusSeconds(3)).rows()).hasSize(2);

        assertThat(cohort(overview, "ai", NOW.plusSeconds(4))).as("used last").isSameAs(first);
        Cohort again = cohort(overview, "db", NOW.plusSeconds(5));
        assertThat(again.rows()).hasSize(2);
        assertThat(cohort(overview, "db", NOW.plusSeconds(6))).isSameAs(again);
    }

    @Test
    void allCourses_areTogether_unlessTheyAreTooMany() {
        ClassRegister register = open(Map.of());
        for (String course : List.of("db", "os", "os", "secret")) {
            register.enter(
                    new Work(new Student(course, "1", "7"), "hw" + register.size()),
                    Story.of("0:00 build ok").getFirst());
        }
        Overview overview = new Overview(register, courses(Map.of()), Classroom.config(Map.of()));
        List<String> seen = overview.courses(NOW).stream()
                .filter(course -> !course.equals("secret"))
                .toList();

        assertThat(overview.together(seen, 3)).containsExactly("db", "os");
        assertThat(overview.together(seen, 2)).containsExactly("db");
        assertThat(overview.together(List.of(), 2)).isEmpty();
    }

    /** There are one row of ai, one of db, where nobody is at work, and three of os. */
    @Test
    void firstCourses_andThoseOfStudentsAtWork_areComputedInAdvance_asFarAsTheyFit() {
        ClassRegister register = open(Map.of());
        for (String course : List.of("ai", "db", "os")) {
            String minute = course.equals("db") ? "0" : "59";
            for (String student : List.of("7", "8", "9").subList(0, course.equals("os") ? 3 : 1)) {
                register.enter(
                        new Work(new Student(course, "1", student), "hw1"),
                        Story.of(minute + ":00 build ok").getFirst());
            }
        }
        Overview overview = new Overview(register, courses(Map.of()), Classroom.config(Map.of()));

        overview.prepare(2, NOW);

        assertThat(overview.prepared()).containsExactly("ai");
        overview.prepare(4, NOW);
        assertThat(overview.prepared()).containsExactly("ai", "os");
        overview.prepare(5, NOW);
        assertThat(overview.prepared()).containsExactly("ai", "db", "os");
    }

    private static Cohort cohort(Overview overview, String course, Instant now) {
        return overview.cohorts(course::equals, now).getFirst();
    }

    private ClassRegister open(Map<String, String> options) {
        ClassRegister register = new ClassRegister(Classroom.config(options), courses(options));
        register.open(() -> running);
        return register;
    }

    private static Courses courses(Map<String, String> options) {
        return new Courses(Classroom.config(options));
    }

    private static List<State> states(Overview overview, Instant now) {
        return rows(overview, now).stream().map(Row::state).toList();
    }

    private static List<Row> rows(Overview overview, Instant now) {
        return overview.cohorts(_ -> true, now).stream()
                .flatMap(cohort -> cohort.rows().stream())
                .toList();
    }
}
