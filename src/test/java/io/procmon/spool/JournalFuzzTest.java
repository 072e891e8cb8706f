package io.procmon.spool;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.procmon.events.Report;
import io.procmon.process.Student;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** With any contents of a file of the spool, the journal opens, and each of its records can be read. */
class JournalFuzzTest {

    private static final int RECORDS = 6;

    /** The files of a journal, by name. */
    private static final SortedMap<String, byte[]> FILES = files();

    /** The first byte selects the file, and the other bytes are its contents. */
    @FuzzTest(maxDuration = "60s")
    void open(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        List<String> names = List.copyOf(FILES.keySet());
        String damaged = names.get(Math.floorMod(bytes[0], names.size()));
        Path directory = Files.createTempDirectory(memory(), "journal-");
        try {
            for (String name : names) {
                Files.write(
                        directory.resolve(name),
                        name.equals(damaged) ? Arrays.copyOfRange(bytes, 1, bytes.length) : FILES.get(name));
            }
            openAndRead(directory);
        } finally {
            delete(directory);
        }
    }

    private static void openAndRead(Path directory) throws IOException {
        try (Journal journal = Journal.open(directory)) {
            journal.heads((position, size, head) -> assertThat(head).isNotNull());
            assertThat(journal.count()).isNotNegative();
            assertThat(journal.lost()).isNotNegative();
            journal.add(journal.end(), record(RECORDS));
            journal.commit();
        }
    }

    private static SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try {
            Path directory = Files.createTempDirectory(memory(), "journal-");
            try (Journal journal = Journal.open(directory)) {
                for (int number = 0; number < RECORDS; number++) {
                    journal.add(journal.end(), record(number));
                    journal.commit();
                }
                journal.remove(0);
            }
            try (Stream<Path> written = Files.list(directory)) {
                for (Path file : written.filter(it -> it.toFile().length() > 0).toList()) {
                    files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
                }
            }
            delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static byte[] record(int number) {
        Report report = new Report(
                new UUID(0, number),
                "run",
                "USER_BINARY",
                new Student("os", "1", "2026"),
                "hw1",
                Optional.empty(),
                Instant.EPOCH,
                "{}");
        return RecordFormat.encode(report, Instant.EPOCH);
    }

    /** A file system in memory if available, to spare the disk. */
    private static Path memory() {
        Path shared = Path.of("/dev/shm");
        return Files.isWritable(shared) ? shared : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
