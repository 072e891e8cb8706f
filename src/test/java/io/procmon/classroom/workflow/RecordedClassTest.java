package io.procmon.classroom.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.classroom.course.Courses;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.logbook.WorkSelection;
import io.procmon.config.ProcmonConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A class of two hours, event by event: the findings for each student match the student's actions. */
class RecordedClassTest {

    private static final String COURSE = """
            course: os
            zone: UTC
            homeworks:
              - name: hw1
                due: 2026-03-09 23:59
                must-run: [{program: main, exit-status: 0}]
              - name: hw2
                due: 2026-03-02 12:00
                must-run: [{program: main, exit-status: 0}]
            """;

    /** An activity of a student in the class. */
    private record Told(Work work, Attempt attempt) {}

    private final List<RecordedClass.Seat> seats = RecordedClass.seats();
    private ClassRegister register;

    @BeforeEach
    void open(@TempDir Path requirements) throws IOException {
        Files.writeString(requirements.resolve("os.yaml"), COURSE);
        ProcmonConfig config = Classroom.config(Map.of("procmon.requirements.dir", requirements.toString()));
        register = new ClassRegister(config, new Courses(config));
        register.open(Map::of);
    }

    @AfterEach
    void close() {
        register.close();
    }

    @Test
    void events_inTheirOrder() {
        tellInOrder().forEach(it -> register.enter(it.work(), it.attempt()));

        assertEachIsFoundAsTheyWorked();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void events_lateAndRepeated(long seed) {
        Random chance = new Random(seed);
        List<Told> told = new ArrayList<>(tellInOrder());
        tellInOrder().stream().filter(_ -> chance.nextInt(10) == 0).forEach(told::add);
        Collections.shuffle(told, chance);

        told.forEach(it -> register.enter(it.work(), it.attempt()));

        assertEachIsFoundAsTheyWorked();
    }

    @Test
    void class_isAsLargeAsItSays() {
        assertThat(seats).hasSize(30);
        assertThat(tellInOrder()).hasSizeGreaterThan(500);
        assertThat(seats.stream().flatMap(seat -> seat.patterns().stream()))
                .as("each pattern is somebody's")
                .containsAll(register.patterns());
    }

    private void assertEachIsFoundAsTheyWorked() {
        assertThat(register.summaries(WorkSelection.ALL, Story.at(RecordedClass.END)))
                .extracting(summary -> describe(
                        summary.work(),
                        summary.state().label(),
                        summary.patterns().keySet()))
                .containsExactlyInAnyOrderElementsOf(seats.stream()
                        .map(seat -> describe(seat.work(), seat.state(), seat.patterns()))
                        .toList());
        assertThat(register.attempts(WorkSelection.ALL)).hasSize(tellInOrder().size());
    }

    private static String describe(Work work, String state, Iterable<String> patterns) {
        return "%s %s %s %s".formatted(work.student().id(), work.homework(), state, String.join(" ", patterns));
    }

    private List<Told> tellInOrder() {
        return seats.stream()
                .flatMap(seat -> seat.attempts().stream().map(attempt -> new Told(seat.work(), attempt)))
                .sorted(Comparator.comparing(it -> it.attempt().endedAt()))
                .toList();
    }
}
