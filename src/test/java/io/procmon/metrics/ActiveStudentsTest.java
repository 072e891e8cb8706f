package io.procmon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.classroom.course.Courses;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.workflow.State;
import io.procmon.classroom.workflow.Story;
import io.procmon.classroom.workflow.Work;
import io.procmon.config.ProcmonConfig;
import io.procmon.metrics.ActiveStudents.ActiveStudent;
import io.procmon.metrics.ActiveStudents.Subject;
import io.procmon.process.Student;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActiveStudentsTest {

    private static final ProcmonConfig CONFIG = Classroom.config(Map.of());
    private static final Work WORK = new Work(new Student("os", "1", "202012180"), "hw1");
    private static final Work OTHER = new Work(new Student("os", "1", "202012181"), "hw1");

    private final ClassRegister register = new ClassRegister(CONFIG, new Courses(CONFIG));
    private final ActiveStudents students = new ActiveStudents(register);

    @AfterEach
    void close() {
        register.close();
    }

    @Test
    void studentsInASession_areCounted_asTheirLastChangeLeftThem() {
        register.open(Map::of);
        enter(WORK, "0:00 build failed");
        enter(OTHER, "1:00 build ok");
        assertThat(states("2:00")).containsExactlyInAnyOrder(State.WORKING, State.BUILT);

        enter(WORK, "2:01 build ok; 2:02 run ok");

        assertThat(states("2:05")).as("within ten seconds").containsExactlyInAnyOrder(State.WORKING, State.BUILT);
        assertThat(states("2:11")).containsExactlyInAnyOrder(State.RAN, State.BUILT);
        assertThat(states("3:00")).containsExactlyInAnyOrder(State.RAN, State.BUILT);
        assertThat(states("31:30")).as("after the pause of the first").containsExactly(State.RAN);
        assertThat(states("40:00")).isEmpty();
    }

    @Test
    void studentWhoReturns_isAnalysedAgain() {
        register.open(Map::of);
        enter(WORK, "0:00 build failed");
        assertThat(states("1:00")).containsExactly(State.WORKING);
        assertThat(states("50:00")).isEmpty();

        enter(WORK, "60:00 build ok");

        assertThat(states("61:00")).containsExactly(State.BUILT);
    }

    private void enter(Work work, String story) {
        Story.of(story).forEach(attempt -> register.enter(work, attempt));
    }

    private List<State> states(String time) {
        return students.at(new Subject("os", "hw1"), Story.at(time)).stream()
                .map(ActiveStudent::state)
                .toList();
    }
}
