package io.procmon.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.events.Report;
import io.procmon.process.Student;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backlog after a long outage. Nearly all of it belongs to one student. */
class LargeBacklogTest {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final long PLENTY = 1L << 30;
    private static final int BACKLOG = 200_000;
    private static final int AT_ONCE = 20_000;
    private static final int OTHERS = 100;
    private static final int BATCH = 64;

    @TempDir
    Path directory;

    @Test
    void everyStudentIsServed_beforeOneIsServedTwice() {
        try (Spool outage = open()) {
            for (int from = 0; from < BACKLOG; from += AT_ONCE) {
                keep(outage, from, from + AT_ONCE, 0);
            }
            for (int student = 1; student <= OTHERS; student++) {
                keep(outage, BACKLOG + student, BACKLOG + student + 1, student);
            }
        }

        try (Spool spool = open()) {
            var batches = spool.batches(BATCH).subscribe().withSubscriber(AssertSubscriber.create(OTHERS + 1));
            batches.awaitItems(OTHERS + 1, DEADLINE);

            assertThat(spool.recovered()).isEqualTo(BACKLOG + OTHERS);
            assertThat(batches.getItems()).extracting(LargeBacklogTest::student).doesNotHaveDuplicates();
            assertThat(batches.getItems().stream()
                            .filter(batch -> student(batch).equals("0"))
                            .flatMap(List::stream)
                            .map(entry -> entry.report().eventId()))
                    .as("the first of the student with the most")
                    .containsExactlyElementsOf(IntStream.range(0, BATCH)
                            .mapToObj(LargeBacklogTest::id)
                            .toList());
        }
    }

    private Spool open() {
        Spool spool = new Spool(
                new SpoolOptions(Optional.of(directory), PLENTY, Duration.ofDays(7), PLENTY, BACKLOG),
                Clock.fixed(NOW, ZoneOffset.UTC));
        spool.open();
        return spool;
    }

    private static void keep(Spool spool, int from, int to, int student) {
        Uni.join()
                .all(IntStream.range(from, to)
                        .mapToObj(number -> spool.keep(report(number, student)))
                        .toList())
                .andFailFast()
                .await()
                .atMost(DEADLINE);
    }

    private static String student(List<Entry> batch) {
        return batch.getFirst().report().student().id();
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }

    private static Report report(int number, int student) {
        return new Report(
                id(number),
                "run",
                "USER_BINARY",
                new Student("os", "1", Integer.toString(student)),
                "hw1",
                Optional.empty(),
                NOW,
                "{\"number\":" + number + ",\"arguments\":[\"./main\"],\"cwd\":\"/home/coder/project/hw1\"}");
    }
}
