package io.procmon.classroom.logbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Prerequisites;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Story;
import io.procmon.classroom.workflow.Work;
import io.procmon.process.Student;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** If the disk is full for a while, or the file is deleted, no entry is lost. */
class LogbookDiskTest {

    private static final int PER_WORK = 1000;
    private static final Work WORK = new Work(new Student("os", "1", "202012180"), "hw1");

    private static final Student OTHER = new Student("os", "1", "202012181");
    private static final Instant REVOKED = Story.at("1:00");

    @TempDir
    Path directory;

    @Test
    void fullDisk_losesNothing_alsoAfterARestart() throws IOException, InterruptedException {
        Prerequisites.require("root".equals(System.getProperty("user.name")), "only root can mount a small disk");
        mount(directory);
        try {
            try (Logbook logbook = open(directory)) {
                enter(logbook, 0, 10);
                logbook.revokeLinks(WORK.student(), REVOKED);
                logbook.save();
                Path filler = fill(directory);
                enter(logbook, 10, 300);
                logbook.revokeLinks(OTHER, REVOKED);
                logbook.save();
                assertThat(logbook.isOnDisk()).isFalse();
                assertThat(logbook.linksRevokedUntil(WORK.student())).contains(REVOKED);
                assertThat(logbook.of(WORK)).hasSize(300);
                enter(logbook, 300, 560);
                logbook.save();
                assertThat(logbook.isOnDisk()).isFalse();

                Files.delete(filler);
                logbook.save();

                assertThat(logbook.isOnDisk()).isTrue();
                assertThat(logbook.of(WORK)).hasSize(560);
            }
            try (Logbook again = open(directory)) {
                assertThat(again.of(WORK)).hasSize(560);
                assertThat(again.linksRevokedUntil(WORK.student())).contains(REVOKED);
                assertThat(again.linksRevokedUntil(OTHER)).contains(REVOKED);
            }
        } finally {
            run("umount", "--lazy", directory.toString());
        }
    }

    @Test
    void diskThatIsFullAtTheEnd_isTriedOnceMore() throws IOException, InterruptedException {
        Prerequisites.require("root".equals(System.getProperty("user.name")), "only root can mount a small disk");
        mount(directory);
        try {
            try (Logbook logbook = open(directory)) {
                Path filler = fill(directory);
                enter(logbook, 0, 300);
                logbook.save();
                Files.delete(filler);
            }
            try (Logbook again = open(directory)) {
                assertThat(again.of(WORK)).hasSize(300);
            }
        } finally {
            run("umount", "--lazy", directory.toString());
        }
    }

    @Test
    void deletedDirectory_isMadeAnew_withAllThatWasInIt() throws IOException {
        Path own = directory.resolve("spool");
        try (Logbook logbook = open(own)) {
            enter(logbook, 0, 200);
            logbook.save();
            enter(logbook, 200, 300);
            delete(own);

            logbook.save();

            assertThat(own.resolve("workflow.mv")).exists();
            assertThat(logbook.isOnDisk()).isTrue();
            assertThat(logbook.of(WORK)).hasSize(300);
        }
        try (Logbook again = open(own)) {
            assertThat(again.of(WORK)).hasSize(300);
        }
    }

    @Test
    void directoryThatCannotBeMadeAnew_isTriedAgain() throws IOException {
        Path own = directory.resolve("spool");
        try (Logbook logbook = open(own)) {
            enter(logbook, 0, 200);
            logbook.save();
            delete(own);
            Files.createFile(own);

            logbook.save();
            assertThat(logbook.isOnDisk()).isFalse();
            enter(logbook, 200, 300);
            assertThat(logbook.of(WORK)).hasSize(300);
            Files.delete(own);
            logbook.save();

            assertThat(logbook.isOnDisk()).isTrue();
        }
        try (Logbook again = open(own)) {
            assertThat(again.of(WORK)).hasSize(300);
        }
    }

    @Test
    void directoryThatIsNotThereAtTheStart_isUsedAsSoonAsItCanBe() throws IOException {
        Path own = Files.createFile(directory.resolve("spool"));
        try (Logbook logbook = open(own)) {
            enter(logbook, 0, 20);
            assertThat(logbook.isOnDisk()).isFalse();
            Files.delete(own);

            logbook.save();

            assertThat(logbook.isOnDisk()).isTrue();
        }
        try (Logbook again = open(own)) {
            assertThat(again.of(WORK)).hasSize(20);
        }
    }

    private static void enter(Logbook logbook, int from, int to) {
        IntStream.range(from, to).mapToObj(LogbookDiskTest::attempt).forEach(it -> logbook.enter(WORK, it));
    }

    private static Attempt attempt(int number) {
        List<Attempt> one = Story.of("%d:00 run ok".formatted(number));
        return one.getFirst();
    }

    private static Logbook open(Path directory) {
        Logbook logbook = new Logbook(
                new LogbookOptions(Optional.of(directory), PER_WORK, 100_000, 20_000, Duration.ofSeconds(10)));
        logbook.open();
        return logbook;
    }

    private static void mount(Path directory) throws IOException, InterruptedException {
        run("mount", "-t", "tmpfs", "-o", "size=1m", "none", directory.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    /** Fills the disk. */
    private static Path fill(Path disk) throws IOException {
        Path filler = disk.resolve("filler");
        try (OutputStream output = Files.newOutputStream(filler)) {
            while (disk.toFile().getUsableSpace() > 0) {
                output.write(new byte[4096]);
            }
        }
        return filler;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
