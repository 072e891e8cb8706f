package io.procmon.logbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.config.ProcmonConfig;
import io.procmon.coursefiles.Courses;
import io.procmon.process.Student;
import io.procmon.workflow.Attempt;
import io.procmon.workflow.Picture;
import io.procmon.workflow.RunningProgram;
import io.procmon.workflow.Story;
import io.procmon.workflow.Work;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClassRegisterTest {

    private static final ProcmonConfig CONFIG = Classroom.config(Map.of());
    private static final Work WORK = new Work(new Student("os", "1", "202012180"), "hw1");
    private static final Work OTHER = new Work(new Student("os", "1", "202012181"), "hw1");
    private static final List<Attempt> STORY = Story.of("0:00 build failed; 1:00 build ok; 2:00 run ok");

    private final ClassRegister register = new ClassRegister(CONFIG, new Courses(CONFIG));

    @BeforeEach
    void open() {
        register.open(() -> Map.of(WORK, List.of(new RunningProgram("main", Story.at("3:00")))));
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

        Picture picture = register.pictures(WORK::equals, Story.at("4:00")).getFirst();

        assertThat(picture.history().attempts()).isEqualTo(STORY);
        assertThat(picture.figures().longestRunning())
                .map(RunningProgram::target)
                .contains("main");
    }

    @Test
    void studentsAtWork_areThoseOfTheCurrentSession() {
        register.enter(WORK, STORY.getFirst());
        register.enter(OTHER, Story.of("40:00 run ok").getFirst());

        assertThat(register.atWork(Story.at("41:00"))).extracting(Picture::work).containsExactly(OTHER);
    }
}
