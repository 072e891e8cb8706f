package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.procmon.classroom.logbook.Logbook;
import io.procmon.classroom.logbook.LogbookOptions;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Story;
import io.procmon.classroom.workflow.Work;
import io.procmon.process.Student;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * A logbook with its maximum of 500 students, 20 homeworks each and 50 builds and runs each fits into procmon's memory.
 */
@Live
class SemesterIT {

    private static final int STUDENTS = 500;
    private static final int HOMEWORKS = 20;
    private static final int ATTEMPTS = 50;
    private static final List<Attempt> PAIR = Story.of("0:00 build ok bytes=3000 makes=main; 0:30 run ok");

    @Test
    void semester_isToldInTheMemoryThatAServiceHas(Lab lab) throws IOException {
        Path directory = lab.newDirectory();
        write(directory);
        Service procmon = lab.procmon(
                lab.ownPrefix(),
                lab.receiver(),
                Map.of("PROCMON_SPOOL_DIR", directory.toString(), "JAVA_TOOL_OPTIONS", "-Xmx64m"));

        try (MappingIterator<JsonNode> works = read(procmon, "/api/workflow")) {
            assertThat(countOf(works, work -> work.at("/figures/builds").intValue() == ATTEMPTS / 2))
                    .isEqualTo(STUDENTS * HOMEWORKS);
        }
        try (MappingIterator<JsonNode> attempts = read(procmon, "/api/workflow/attempts")) {
            assertThat(countOf(attempts, attempt -> attempt.has("event_id")))
                    .isEqualTo(STUDENTS * HOMEWORKS * ATTEMPTS);
        }
        procmon.metricsWhere(
                "all of it is kept", it -> it.of("procmon_workflow_attempts") == STUDENTS * HOMEWORKS * ATTEMPTS);
        assertThat(procmon.log()).doesNotContain("OutOfMemoryError");
    }

    private static void write(Path directory) {
        int all = STUDENTS * HOMEWORKS * ATTEMPTS;
        try (Logbook logbook =
                new Logbook(new LogbookOptions(Optional.of(directory), 1_000, all, 0, Duration.ofSeconds(10)))) {
            logbook.open();
            for (int student = 1; student <= STUDENTS; student++) {
                for (int homework = 1; homework <= HOMEWORKS; homework++) {
                    Work work = new Work(new Student("os", "1", Integer.toString(student)), "hw" + homework);
                    for (int number = 0; number < ATTEMPTS; number++) {
                        logbook.enter(
                                work,
                                Story.later(
                                        PAIR.get(number % 2),
                                        new UUID(student, homework * 1_000L + number),
                                        Duration.ofMinutes(number)));
                    }
                }
            }
        }
    }

    /** Reads one element after the other, because the test has no room for all of them either. */
    private static MappingIterator<JsonNode> read(Service procmon, String path) throws IOException {
        return new ObjectMapper()
                .readerFor(JsonNode.class)
                .readValues(procmon.address().resolve(path).toURL().openStream());
    }

    private static int countOf(MappingIterator<JsonNode> elements, Predicate<JsonNode> which) throws IOException {
        int count = 0;
        while (elements.hasNextValue()) {
            count += which.test(elements.nextValue()) ? 1 : 0;
        }
        return count;
    }
}
