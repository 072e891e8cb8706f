package io.procmon.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.events.Report;
import io.procmon.process.Student;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After any damage to a file, the journal opens, has each record that is whole, and counts the others. */
class SpoolDamageTest {

    private static final Instant KEPT = Instant.parse("2026-03-02T10:00:00Z");
    private static final int BLOCK = 4096;
    private static final int ROUNDS = 12;
    private static final int GROUPS = 10;

    @TempDir
    Path temporary;

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    /** The calls of a journal, and the contents of its files after each. */
    private static final class History {

        private final Random random;
        private final Path directory;
        private final Map<Long, byte[]> kept = new TreeMap<>();
        private final Map<Path, byte[]> older = new HashMap<>();
        private int number;
        private long end;

        History(Random random, Path directory) {
            this.random = random;
            this.directory = directory;
        }

        /** Writes several segments: full ones, one of which is settled, and restarts. */
        void live() throws IOException {
            LossyStorage storage = new LossyStorage(random); // skips fsync, which is faster
            Journal journal = Journal.open(directory, storage);
            for (int round = 0; round < ROUNDS; round++) {
                for (int group = 0; group < GROUPS; group++) {
                    group(journal);
                }
                if (round == ROUNDS / 2) {
                    older.putAll(files(directory));
                }
                if (random.nextInt(4) == 0) {
                    if (random.nextBoolean()) {
                        journal.close();
                    } else {
                        journal.abandon();
                    }
                    journal = Journal.open(directory, storage);
                }
            }
            journal.close();
        }

        private void group(Journal journal) throws IOException {
            int size = random.nextInt(1, 12);
            for (int i = 0; i < size; i++) {
                byte[] record = record(number++, random.nextInt(50, 1500));
                journal.add(end, record);
                kept.put(end, record);
                end += record.length;
            }
            journal.commit();
            for (Long position : List.copyOf(kept.keySet())) {
                if (kept.size() > 250 || random.nextInt(400) == 0) {
                    journal.remove(position);
                    kept.remove(position);
                }
            }
            journal.commit();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomDamage_losesNothingSilently(int seed) throws IOException {
        Random random = new Random(seed);
        Path directory = Files.createDirectory(temporary.resolve("spool"));
        History history = new History(random, directory);
        history.live();
        Map<Path, byte[]> files = files(directory);
        Path damaged = files.keySet().stream()
                .sorted()
                .skip(random.nextInt(files.size()))
                .findFirst()
                .orElseThrow();
        String damage = damage(random, damaged, files.get(damaged), history.older.get(damaged));

        check(history, directory, "%s of %s".formatted(damage, damaged.getFileName()));
    }

    private static void check(History history, Path directory, String damage) throws IOException {
        long lost;
        try (Journal journal = Journal.open(directory)) {
            List<Map.Entry<Long, byte[]>> left = journal.read(0, Integer.MAX_VALUE, Long.MAX_VALUE);
            lost = journal.lost();
            Set<Long> missing = new TreeSet<>(history.kept.keySet());
            left.forEach(it -> missing.remove(it.getKey()));
            assertThat(lost).as(damage).isEqualTo(missing.size());
            for (Map.Entry<Long, byte[]> it : left) {
                byte[] expected = history.kept.getOrDefault(it.getKey(), it.getValue());
                assertThat(it.getValue()).as(damage).isEqualTo(expected);
            }
            assertThat(left).extracting(Map.Entry::getKey).as(damage).isSorted().doesNotHaveDuplicates();
            assertThat(journal.end()).as(damage).isEqualTo(history.end);
            if (lost > 0 && !damage.startsWith("deletion")) {
                assertThat(files(directory).keySet())
                        .as(damage)
                        .anyMatch(file -> file.getFileName().toString().contains(".damaged-"));
            }
            byte[] record = record(history.number, 100);
            journal.add(history.end, record);
            journal.commit();
        }
        try (Journal again = Journal.open(directory)) {
            assertThat(again.lost()).as("the second start after %s", damage).isZero();
            assertThat(again.count()).isGreaterThanOrEqualTo(history.kept.size() - lost + 1);
        }
    }

    private static String damage(Random random, Path file, byte[] whole, byte[] older) throws IOException {
        byte[] bytes = whole.clone();
        int at = whole.length == 0 ? 0 : random.nextInt(whole.length);
        int end = Math.min(whole.length, at + random.nextInt(1, 3 * BLOCK));
        switch (random.nextInt(6)) {
            case 0 -> {
                Files.write(file, Arrays.copyOf(bytes, at));
                return "cut at %d".formatted(at);
            }
            case 1 -> {
                byte[] garbage = new byte[end - at];
                random.nextBytes(garbage);
                System.arraycopy(garbage, 0, bytes, at, garbage.length);
                Files.write(file, bytes);
                return "garbage from %d to %d".formatted(at, end);
            }
            case 2 -> {
                Arrays.fill(bytes, at, end, (byte) 0);
                Files.write(file, bytes);
                return "zeros from %d to %d".formatted(at, end);
            }
            case 3 -> {
                if (older == null) {
                    Files.delete(file);
                    return "deletion";
                }
                Files.write(file, older);
                return "an old version";
            }
            case 4 -> {
                int blocks = Math.max(1, bytes.length / BLOCK);
                int one = random.nextInt(blocks) * BLOCK;
                int other = random.nextInt(blocks) * BLOCK;
                int length = Math.min(BLOCK, bytes.length);
                System.arraycopy(whole, one, bytes, other, length);
                System.arraycopy(whole, other, bytes, one, length);
                Files.write(file, bytes);
                return "swap of blocks at %d and %d".formatted(one, other);
            }
            default -> {
                Files.delete(file);
                return "deletion";
            }
        }
    }

    /** The journal's files, without those that were kept aside. */
    private static Map<Path, byte[]> files(Path directory) throws IOException {
        Map<Path, byte[]> contents = new HashMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.toString().endsWith(".lock")) {
                    contents.put(file, Files.readAllBytes(file));
                }
            }
        }
        return contents;
    }

    /** After a power cut, all confirmed records survive, and each surviving record is unchanged. */
    @ParameterizedTest
    @MethodSource("seeds")
    void powerCut_losesNothingThatWasConfirmed(int seed) throws IOException {
        Random random = new Random(seed);
        Path directory = Files.createDirectory(temporary.resolve("spool"));
        LossyStorage storage = new LossyStorage(random);
        Map<Long, byte[]> written = new HashMap<>();
        Set<Long> confirmed = new TreeSet<>();
        long end = 0;
        int number = 0;
        List<Long> unsure = new ArrayList<>();

        for (int life = 0; life < 5; life++) {
            Journal journal = Journal.open(directory, storage);
            assertThat(journal.lost()).as("seed %d, life %d", seed, life).isZero();
            assertThat(journal.end()).isGreaterThanOrEqualTo(end);
            assertThat(positions(journal)).as("seed %d, life %d", seed, life).containsAll(confirmed);
            for (Map.Entry<Long, byte[]> it : journal.read(0, Integer.MAX_VALUE, Long.MAX_VALUE)) {
                assertThat(it.getValue()).isEqualTo(written.get(it.getKey()));
            }
            unsure.clear();
            long position = journal.end();
            int groups = random.nextInt(1, 30);
            for (int group = 0; group < groups; group++) {
                for (int i = random.nextInt(20); i >= 0; i--) {
                    byte[] record = record(number++, random.nextInt(10, 3000));
                    journal.add(position, record);
                    written.put(position, record);
                    unsure.add(position);
                    position += record.length;
                }
                for (Long settled : List.copyOf(confirmed)) {
                    if (random.nextInt(10) == 0) {
                        journal.remove(settled);
                        confirmed.remove(settled);
                    }
                }
                if (group < groups - 1 || random.nextBoolean()) {
                    switch (random.nextInt(3)) {
                        case 0 -> journal.write();
                        case 1 -> {
                            journal.write();
                            settleAny(journal, unsure, random);
                            journal.sync();
                            confirmed.addAll(unsure);
                            unsure.clear();
                            end = position;
                        }
                        default -> {
                            journal.commit();
                            confirmed.addAll(unsure);
                            unsure.clear();
                            end = position;
                        }
                    }
                    settleAny(journal, unsure, random);
                }
            }
            storage.cutPower();
            journal.abandon();
        }
    }

    /** The backend accepts some records before they are durable. */
    private static void settleAny(Journal journal, List<Long> unsure, Random random) {
        unsure.removeIf(position -> {
            boolean isSettled = random.nextInt(3) == 0;
            if (isSettled) {
                journal.remove(position);
            }
            return isSettled;
        });
    }

    private static List<Long> positions(Journal journal) throws IOException {
        return journal.read(0, Integer.MAX_VALUE, Long.MAX_VALUE).stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void event_isWrittenOnce() throws IOException {
        LossyStorage storage = new LossyStorage(new Random(1));
        int size = record(0, 1000).length;
        int events = 500;

        try (Journal journal = Journal.open(temporary, storage)) {
            long position = 0;
            for (int number = 0; number < events; number++) {
                byte[] record = record(0, 1000);
                journal.add(position, record);
                journal.commit();
                journal.remove(position);
                journal.commit();
                position += record.length;
            }
        }

        long each = storage.written() / events;
        assertThat(each).isBetween((long) size, size * 5L / 4);
        assertThat(storage.forces()).isLessThan(events * 3L);
    }

    @Test
    void recordThatIsSettledAtOnce_needsNoWaitForTheDisk() throws IOException {
        LossyStorage storage = new LossyStorage(new Random(1)) {
            @Override
            public long segmentBytes() {
                return Storage.DISK.segmentBytes();
            }
        };
        int events = 500;

        try (Journal journal = Journal.open(temporary, storage)) {
            long position = 0;
            for (int number = 0; number < events; number++) {
                byte[] record = record(0, 1000);
                journal.add(position, record);
                journal.write();
                assertThat(journal.isSyncNeeded()).isTrue();
                journal.remove(position);
                journal.write();
                assertThat(journal.isSyncNeeded()).isFalse();
                position += record.length;
            }
        }

        assertThat(storage.forces()).as("for the beginnings of segments").isLessThan(events / 10);
    }

    @Test
    void settledSegments_areDeleted_andPositionsGoOn() throws IOException {
        byte[] record = record(0, 100_000);
        long position = 0;
        try (Journal journal = Journal.open(temporary)) {
            for (int i = 0; i < 200; i++) {
                journal.add(position, record);
                journal.commit();
                journal.remove(position);
                journal.commit();
                position += record.length;
            }
            assertThat(journal.fileSize()).isLessThan(Storage.DISK.segmentBytes());
        }

        try (Journal journal = Journal.open(temporary)) {
            assertThat(journal.count()).isZero();
            assertThat(journal.end()).isEqualTo(position);
            assertThat(journal.lost()).isZero();
        }
    }

    @Test
    void heads_areThoseOfAllThatIsNotSettled() throws IOException {
        List<Long> seen = new ArrayList<>();
        try (Journal journal = Journal.open(temporary)) {
            byte[] record = record(0, 10_000);
            for (int i = 0; i < 3; i++) {
                journal.add((long) i * record.length, record);
            }
            journal.commit();
            journal.remove(0);

            journal.heads((position, size, head) -> {
                assertThat(size).isEqualTo(record.length);
                assertThat(head).isEqualTo(new RecordFormat.Head(KEPT, new Student("os", "1", "2026")));
                seen.add(position);
            });

            assertThat(seen).containsExactly((long) record.length, 2L * record.length);
        }
    }

    @Test
    void indexOfManyPositions_isWhatASortedMapIs() {
        Random random = new Random(7);
        TreeMap<Long, Long> expected = new TreeMap<>();
        PositionIndex index = new PositionIndex();
        for (long i = 0; i < 60_000; i++) {
            long position = random.nextInt(10) == 0 ? random.nextLong(0, 10 * i + 1) : 10 * i;
            assertThat(index.add(position, i)).isEqualTo(expected.putIfAbsent(position, i) == null);
            if (random.nextInt(3) > 0) {
                long some = Optional.ofNullable(expected.ceilingKey(random.nextLong(0, 10 * i + 1)))
                        .orElse(expected.firstKey());
                assertThat(index.remove(some)).isEqualTo(expected.remove(some));
            }
            long from = random.nextLong(0, 10 * i + 1);
            assertThat(index.ceiling(from))
                    .isEqualTo(Optional.ofNullable(expected.ceilingKey(from)).orElse(PositionIndex.NONE));
            assertThat(index.count()).isEqualTo(expected.size());
            if (expected.isEmpty()) {
                expected.put(10 * i + 5, i);
                index.add(10 * i + 5, i);
            }
        }
    }

    private static byte[] record(int number, int padding) {
        return RecordFormat.encode(
                new Report(
                        new UUID(0, number),
                        "run",
                        "USER_BINARY",
                        new Student("os", "1", "2026"),
                        "hw1",
                        Optional.empty(),
                        KEPT,
                        "{\"number\":%d,\"padding\":\"%s\"}".formatted(number, "x".repeat(padding))),
                KEPT);
    }
}
