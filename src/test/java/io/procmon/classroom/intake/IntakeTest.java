package io.procmon.classroom.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.procmon.Classroom;
import io.procmon.classroom.course.Courses;
import io.procmon.classroom.intake.IntakeListener.Result;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.logbook.WorkSelection;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Work;
import io.procmon.config.ProcmonConfig;
import io.procmon.config.Role;
import io.procmon.process.Student;
import io.procmon.web.InvalidActivity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTest {

    private static final int STUDENTS = 3;
    private static final int EACH = 12;
    private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");

    private static final class Counts implements IntakeListener {
        private final Map<Result, Integer> results = new EnumMap<>(Result.class);

        @Override
        public void taken(Result result) {
            results.merge(result, 1, Integer::sum);
        }

        @Override
        public void entered(Work work, Attempt attempt) {
            assertThat(work.homework()).isEqualTo("hw1");
        }
    }

    private final Counts counts = new Counts();

    @Test
    void sameEventsThreeTimes_inAnyOrder_giveTheSameState(@TempDir Path directory) {
        List<ObjectNode> events = events();
        List<ObjectNode> repeated = new ArrayList<>(events);
        repeated.addAll(events);
        repeated.addAll(events);
        Collections.shuffle(repeated, new Random(7));
        ClassRegister once = register(directory.resolve("once"));
        ClassRegister thrice = register(directory.resolve("thrice"));
        Intake ofOnce = open(once);
        ofOnce.receive(events);
        Intake ofThrice = open(thrice);

        repeated.forEach(event -> ofThrice.receive(List.of(event)));

        assertThat(thrice.summaries(WorkSelection.ALL, NOW))
                .hasSize(STUDENTS)
                .isEqualTo(once.summaries(WorkSelection.ALL, NOW).toList());
        assertThat(thrice.size()).isEqualTo(STUDENTS * EACH);
        assertThat(counts.results)
                .isEqualTo(Map.of(Result.ENTERED, 2 * STUDENTS * EACH, Result.REPEATED, 2 * STUDENTS * EACH));
        ofOnce.close();
        ofThrice.close();
    }

    @Test
    void whatWasReceived_isThereAfterAnEndWithoutNotice(@TempDir Path directory) throws Exception {
        ClassRegister before = register(directory);
        Intake intake = open(before);

        intake.receive(events());

        Path copy = directory.resolve("copy");
        Files.createDirectory(copy);
        Files.copy(directory.resolve("workflow.mv"), copy.resolve("workflow.mv"));
        intake.close();
        Intake after = open(register(copy));
        after.receive(events());
        assertThat(counts.results).containsEntry(Result.REPEATED, STUDENTS * EACH);
        after.close();
    }

    @Test
    void requestWithAnEventThatIsWrong_entersNothing(@TempDir Path directory) {
        ClassRegister register = register(directory);
        Intake intake = open(register);
        List<ObjectNode> events = new ArrayList<>(events());
        events.add(EventReaderTest.example("run").put("class_div", "os"));

        assertThatThrownBy(() -> intake.receive(events))
                .isInstanceOf(InvalidActivity.class)
                .hasMessageContaining("class_div");
        assertThat(register.size()).isZero();
        assertThat(counts.results).isEqualTo(Map.of(Result.REFUSED, 1));
        intake.close();
    }

    /** Their sender cannot correct them; the sender of a request can. */
    @Test
    void ofATopic_theValidEventsAreEntered_andTheOthersAreCounted(@TempDir Path directory) {
        ClassRegister register = register(directory);
        Intake intake = open(register);
        List<ObjectNode> events = new ArrayList<>(events());
        events.add(7, EventReaderTest.example("run").put("class_div", "os"));
        events.add(EventReaderTest.example("pattern"));

        intake.receiveValid(events);

        assertThat(register.size()).isEqualTo(STUDENTS * EACH);
        assertThat(counts.results)
                .isEqualTo(Map.of(Result.ENTERED, STUDENTS * EACH, Result.REFUSED, 1, Result.IGNORED, 1));
        intake.close();
        assertThatThrownBy(() -> intake.receiveValid(events)).isInstanceOf(IllegalStateException.class);
    }

    /** Both inputs: the requests of nodes, and a topic. */
    @Test
    void activitiesAgainstAStudentsChoice_areAcceptedAndDropped_andCounted(@TempDir Path directory) {
        ClassRegister register = register(directory);
        Intake intake = open(register);
        intake.receive(events());
        register.forget(new Student("os", "1", "0"));
        register.setOptedOut(new Student("os", "1", "1"), Optional.of(Instant.now()));
        counts.results.clear();
        List<ObjectNode> later = events();
        later.forEach(event -> event.put("event_id", UUID.randomUUID().toString()));

        intake.receive(events());
        intake.receiveValid(events());
        intake.receive(later);

        assertThat(register.works(WorkSelection.ALL))
                .extracting(work -> work.student().id())
                .containsExactly("1", "2");
        assertThat(register.size()).isEqualTo(3 * EACH);
        assertThat(counts.results)
                .isEqualTo(Map.of(
                        Result.DELETED, 3 * EACH,
                        Result.OPTED_OUT, 3 * EACH,
                        Result.REPEATED, 2 * EACH,
                        Result.ENTERED, EACH));
        intake.close();
    }

    @Test
    void patternOfANode_isIgnored(@TempDir Path directory) {
        ClassRegister register = register(directory);
        Intake intake = open(register);

        intake.receive(List.of(EventReaderTest.example("pattern")));

        assertThat(register.size()).isZero();
        assertThat(counts.results).isEqualTo(Map.of(Result.IGNORED, 1));
        intake.close();
    }

    @Test
    void beforeTheStartAndAfterTheEnd_nothingIsTaken(@TempDir Path directory) {
        Intake intake = new Intake(register(directory), Role.of(Role.CLASS_SERVICE));
        assertThatThrownBy(() -> intake.receive(events())).isInstanceOf(IllegalStateException.class);

        intake.open(counts, () -> {});
        intake.close();

        assertThatThrownBy(() -> intake.receive(events())).isInstanceOf(IllegalStateException.class);
    }

    private static List<ObjectNode> events() {
        List<ObjectNode> events = new ArrayList<>();
        for (int student = 0; student < STUDENTS; student++) {
            for (int number = 0; number < EACH; number++) {
                events.add(EventReaderTest.example(number % 2 == 0 ? "build" : "run")
                        .put("event_id", new UUID(student, number).toString())
                        .put("student_id", Integer.toString(student))
                        .put("exit_code", number % 3)
                        .put("started_at", NOW.minusSeconds(1000 - number).toString()));
            }
        }
        return events;
    }

    private Intake open(ClassRegister register) {
        Intake intake = new Intake(register, Role.of(Role.CLASS_SERVICE));
        intake.open(counts, () -> {});
        return intake;
    }

    private static ClassRegister register(Path directory) {
        ProcmonConfig config = Classroom.config(Map.of("procmon.spool.dir", directory.toString()));
        return new ClassRegister(config, new Courses(config));
    }
}
