package io.procmon.classroom.logbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.classroom.course.Courses;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.PatternFound;
import io.procmon.classroom.workflow.RunningProgram;
import io.procmon.classroom.workflow.State;
import io.procmon.classroom.workflow.Story;
import io.procmon.classroom.workflow.Work;
import io.procmon.classroom.workflow.WorkSummary;
import io.procmon.config.ProcmonConfig;
import io.procmon.process.Student;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClassRegisterTest {

    private static final ProcmonConfig CONFIG = Classroom.config(Map.of());
    private static final Work WORK = new Work(new Student("os", "1", "202012180"), "hw1");
    private static final Work OTHER = new Work(new Student("os", "1", "202012181"), "hw1");
    private static final List<Attempt> STORY = Story.of("0:00 build failed; 1:00 build ok; 2:00 run ok");

    /** The programs that run in a test. */
    private Map<Work, List<RunningProgram>> running = Map.of();

    private final ClassRegister register = new ClassRegister(CONFIG, new Courses(CONFIG));

    @BeforeEach
    void open() {
        register.open(() -> running);
    }

    @AfterEach
    void close() {
        register.close();
    }

    @Test
    void whoeverListens_hearsOfNewsAlone() {
        AssertSubscriber<Work> changes =
                register.changes().subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));

        register.enter(WORK, STORY.getFirst());
        register.enter(WORK, STORY.getFirst());
        register.enter(OTHER, STORY.getFirst());

        assertThat(changes.getItems()).containsExactly(WORK, OTHER);
    }

    @Test
    void picture_hasWhatWasDone_andWhatRunsNow() {
        STORY.forEach(attempt -> register.enter(WORK, attempt));
        running = Map.of(WORK, List.of(program("0s")));

        WorkSummary summary = register.summaries(WorkSelection.of(WORK), Story.at("4:00"))
                .findFirst()
                .orElseThrow();

        assertThat(summary.history().attempts()).isEqualTo(STORY);
        assertThat(summary.figures().longestRunning())
                .map(RunningProgram::target)
                .contains("main");
    }

    @Test
    void studentsAtWork_areThoseOfTheCurrentSession() {
        register.enter(WORK, STORY.getFirst());
        register.enter(OTHER, Story.of("40:00 run ok").getFirst());

        assertThat(register.atWork(Story.at("41:00"))).containsExactly(OTHER);
    }

    @Test
    void studentsAtWork_areThoseToo_whoseProgramRunsForHours() {
        register.enter(WORK, STORY.getFirst());
        register.enter(OTHER, STORY.getFirst());
        running = Map.of(OTHER, List.of(program("0s")));

        assertThat(register.atWork(Story.at("300:00"))).containsExactly(OTHER);
    }

    @Test
    void whoseFirstProgramRuns_isThere_beforeAnythingHasEnded() {
        register.enter(OTHER, STORY.getFirst());
        running = Map.of(WORK, List.of(program("0s")));

        assertThat(register.summaries(WorkSelection.ALL, Story.at("4:00")))
                .extracting(WorkSummary::work)
                .containsExactly(WORK, OTHER);
    }

    @Test
    void studentWhoOptsOut_hasThatStateOnly_andIsNotAtWork_untilTheStudentOptsIn() {
        STORY.forEach(attempt -> register.enter(WORK, attempt));
        Story.of("0:00 run SIGSEGV; 1:00 run SIGSEGV; 2:00 run SIGSEGV")
                .forEach(attempt -> register.enter(OTHER, attempt));
        running = Map.of(OTHER, List.of(program("10m")));
        AssertSubscriber<Work> changes =
                register.changes().subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
        assertThat(register.summary(OTHER, Story.at("3:00")).patterns()).isNotEmpty();

        register.setOptedOut(OTHER.student(), Optional.of(Story.at("3:00")));

        changes.awaitItems(1);
        assertThat(changes.getItems()).containsExactly(OTHER);
        WorkSummary optedOut = register.summary(OTHER, Story.at("3:00"));
        assertThat(optedOut.state()).isEqualTo(State.OPTED_OUT);
        assertThat(optedOut.patterns()).isEmpty();
        assertThat(optedOut.history().attempts()).hasSize(3);
        assertThat(register.atWork(Story.at("3:00"))).containsExactly(WORK);
        assertThat(register.look(Story.at("13:05"))).isEmpty();

        register.setOptedOut(OTHER.student(), Optional.empty());

        assertThat(register.summary(OTHER, Story.at("3:00")).state()).isEqualTo(State.WORKING);
        assertThat(register.atWork(Story.at("3:00"))).containsExactlyInAnyOrder(WORK, OTHER);
    }

    @Test
    void programThatBecomesALoop_isNewsOnce_whileItRuns() {
        AssertSubscriber<Work> changes =
                register.changes().subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
        running = Map.of(WORK, List.of(program("9m59s")), OTHER, List.of(program("1s")));
        assertThat(register.look(Story.at("13:00"))).isEmpty();
        running = Map.of(WORK, List.of(program("10m")), OTHER, List.of(program("1s")));

        assertThat(register.look(Story.at("13:05")))
                .extracting(ClassRegisterTest::text)
                .containsExactly("infinite-loop 3:00-13:05 on working");
        assertThat(register.look(Story.at("13:10"))).isEmpty();
        assertThat(changes.getItems()).containsExactly(WORK);
    }

    @Test
    void loopThatIsStopped_isToldByItsEnd_andNotOnceMore() {
        running = Map.of(WORK, List.of(program("10m")));
        register.look(Story.at("13:05"));
        running = Map.of();
        Story.of("3:00 run SIGINT for=610 cpu=600").forEach(attempt -> register.enter(WORK, attempt));

        assertThat(register.look(Story.at("13:10"))).isEmpty();
        assertThat(register.look(Story.at("13:15"))).isEmpty();
        assertThat(register.look(Story.at("13:20"))).isEmpty();
    }

    @Test
    void loopThatComesToItsEnd_wasNone_soThatItIsOver() {
        running = Map.of(WORK, List.of(program("10m")));
        PatternFound begun = register.look(Story.at("13:05")).getFirst();
        running = Map.of();

        assertThat(register.look(Story.at("13:10")))
                .as("what it did is on its way")
                .isEmpty();
        Story.of("3:00 run ok for=610 cpu=600").forEach(attempt -> register.enter(WORK, attempt));
        assertThat(register.look(Story.at("13:15"))).singleElement().satisfies(over -> {
            assertThat(text(over)).isEqualTo("infinite-loop 3:00-13:05  working");
            assertThat(over.eventId()).isNotEqualTo(begun.eventId());
        });
        assertThat(register.look(Story.at("13:20"))).isEmpty();
    }

    @Test
    void whatEventsShow_isNoBusinessOfALook() {
        Story.of("0:00 run SIGSEGV; 1:00 run SIGSEGV; 2:00 run SIGSEGV")
                .forEach(attempt -> register.enter(WORK, attempt));
        running = Map.of(WORK, List.of(program("10m")));

        assertThat(register.look(Story.at("13:05")))
                .extracting(PatternFound::pattern)
                .containsExactly("infinite-loop");
    }

    private static RunningProgram program(String cpu) {
        return new RunningProgram("main", Story.at("3:00"), DurationConverter.parseDuration(cpu));
    }

    private static String text(PatternFound found) {
        return "%s %s-%s %s %s"
                .formatted(
                        found.pattern(),
                        Story.time(found.from()),
                        Story.time(found.to()),
                        found.ongoing() ? "on" : "",
                        found.state());
    }
}
