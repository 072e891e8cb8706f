package io.procmon.classroom.logbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.BuildFiles;
import io.procmon.classroom.workflow.Descent;
import io.procmon.classroom.workflow.Execution;
import io.procmon.classroom.workflow.History;
import io.procmon.classroom.workflow.Origin;
import io.procmon.classroom.workflow.ProgramStamp;
import io.procmon.classroom.workflow.Story;
import io.procmon.classroom.workflow.Work;
import io.procmon.diagnostics.Diagnostics;
import io.procmon.process.Student;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One student cannot use up the logbook, or the memory of its reader. */
class LogbookLimitsTest {

    private static final int KIB = 1024;
    private static final int PER_WORK = 1000;
    private static final Work HOSTILE = work("999999999", "hw1");
    private static final Attempt LIKE = Story.of("0:00 build ok").getFirst();
    private static final String DEEP = "d/".repeat(1900);

    @Test
    void manyRunsOfOneStudent_eraseNobodyElse() {
        try (Logbook logbook = inMemory(2000)) {
            for (int student = 0; student < 10; student++) {
                for (int run = 0; run < 40; run++) {
                    logbook.enter(work("20201218" + student, "hw1"), small(run));
                }
            }
            for (int homework = 0; homework < 21; homework++) {
                for (int run = 0; run < 1000; run++) {
                    logbook.enter(work("999999999", "hw" + homework), small(1_000 + run));
                }
            }

            for (int student = 0; student < 10; student++) {
                assertThat(logbook.of(work("20201218" + student, "hw1"))).hasSize(40);
            }
            assertThat(logbook.size()).isEqualTo(2000);
        }
    }

    @Test
    void buildsWithLongPaths_takeBoundedMemory_andKeepTheEndsOfTheirPaths() {
        try (Logbook logbook = inMemory(20_000)) {
            for (int build = 0; build < 600; build++) {
                logbook.enter(HOSTILE, large(build, 31));
            }
            List<Attempt> kept = logbook.of(HOSTILE);

            assertThat(kept.stream()
                            .mapToInt(attempt -> AttemptFormat.encode(attempt).length)
                            .sum())
                    .isLessThanOrEqualTo(PER_WORK * Shares.PLACE_BYTES);
            assertThat(kept).hasSizeBetween(100, 300);
            assertThat(kept.getLast().target()).endsWith("/a0.c");
            assertThat(History.of(kept).attempts()).hasSameSizeAs(kept);
        }
    }

    @Test
    void fileWithLargeAttempts_isMendedAtTheStart(@TempDir Path directory) {
        Path file = directory.resolve("workflow.mv");
        try (MVStore store = new MVStore.Builder().fileName(file.toString()).open()) {
            MVMap<String, byte[]> attempts = store.openMap(
                    "attempts",
                    new MVMap.Builder<String, byte[]>()
                            .keyType(StringDataType.INSTANCE)
                            .valueType(ByteArrayDataType.INSTANCE));
            for (int build = 0; build < 30; build++) {
                Attempt attempt = large(build, 31);
                attempts.put(AttemptKey.of(HOSTILE, attempt), AttemptFormat.encodeWhole(attempt));
            }
        }

        for (int start = 0; start < 2; start++) {
            try (Logbook logbook = onDisk(directory)) {
                assertThat(logbook.of(HOSTILE))
                        .hasSize(30)
                        .allSatisfy(
                                attempt -> assertThat(attempt.target().length()).isLessThanOrEqualTo(512));
                assertThat(logbook.size()).isEqualTo(30);
            }
        }
    }

    @Test
    void usualBuild_isKeptWhole() {
        Attempt usual = attempt(
                1,
                "src/main.c",
                IntStream.range(0, 60).mapToObj("src/module-%d.c"::formatted).toList());

        assertThat(AttemptLimits.clip(usual)).isEqualTo(usual);
    }

    @Test
    void textOfLongCharacters_isCutToBytes_notToCharacters() {
        Attempt clipped = AttemptLimits.clip(attempt(1, "번".repeat(3000) + "😀.c", List.of("번역".repeat(2000))));

        assertThat(clipped.target()).endsWith("번😀.c").hasSizeLessThan(180);
        assertThat(AttemptFormat.encode(clipped)).hasSizeLessThan(4 * KIB);
        assertThat(AttemptFormat.decode(AttemptFormat.encode(clipped))).contains(clipped);
    }

    @Test
    void inventedHostnames_leaveTheStudentWhoWorks(@TempDir Path directory) {
        Work honest = work("202012180", "hw1");
        try (Logbook logbook = onDisk(directory)) {
            logbook.enter(honest, small(0));
            logbook.enter(honest, small(1));
            for (int student = 0; student < 16_000; student++) {
                logbook.enter(work("invented" + student, "hw1"), small(2));
            }

            assertThat(logbook.of(honest)).hasSize(2);
            assertThat(logbook.works()).hasSizeLessThan(15_000);
        }
    }

    private static Work work(String student, String homework) {
        return new Work(new Student("os", "1", student), homework);
    }

    private static Attempt small(int number) {
        return attempt(number, "main.c", List.of("main.c"));
    }

    private static Attempt large(int number, int files) {
        return attempt(
                number,
                DEEP + "a0.c",
                IntStream.range(0, files).mapToObj(i -> DEEP + "a" + i + ".c").toList());
    }

    private static Attempt attempt(int number, String target, List<String> sources) {
        Duration later = Duration.ofSeconds(number);
        return new Attempt(
                new UUID(7, number),
                LIKE.kind(),
                LIKE.type(),
                target,
                new Execution(
                        LIKE.startedAt().plus(later),
                        LIKE.endedAt().plus(later),
                        LIKE.status(),
                        LIKE.execution().cpu(),
                        LIKE.execution().peakMemory()),
                new BuildFiles(sources, OptionalLong.empty(), List.of(), true),
                Descent.UNKNOWN,
                new Origin(target, Optional.of(new ProgramStamp(target, 1, LIKE.endedAt()))),
                false,
                List.of(),
                Diagnostics.NONE);
    }

    private static Logbook inMemory(int capacity) {
        Logbook logbook =
                new Logbook(new LogbookOptions(Optional.empty(), PER_WORK, 0, capacity, Duration.ofSeconds(10)));
        logbook.open();
        return logbook;
    }

    private static Logbook onDisk(Path directory) {
        Logbook logbook = new Logbook(
                new LogbookOptions(Optional.of(directory), PER_WORK, 500_000, 20_000, Duration.ofSeconds(10)));
        logbook.open();
        return logbook;
    }
}
