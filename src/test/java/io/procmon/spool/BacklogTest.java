package io.procmon.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.events.Report;
import io.procmon.process.Student;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Students take turns. Each test sets the time. */
class BacklogTest {

    private static final int PLENTY = 1_000_000;
    private static final Instant KEPT_AT = Instant.parse("2026-03-02T10:00:00Z");

    @TempDir
    Path directory;

    private final List<GivenUp> givenUp = new ArrayList<>();
    private long now = System.nanoTime();
    private int number;
    private SpoolDisk disk = SpoolDisk.open(Optional.empty());
    private Backlog backlog = new Backlog(disk, PLENTY, (why, _) -> givenUp.add(why));

    @AfterEach
    void close() {
        disk.close();
    }

    @Test
    void students_takeTurns_inTheOrderOfTheirArrival() {
        add("ada", 3);
        add("bob", 2);
        add("cem", 1);
        List<String> turns = new ArrayList<>();

        for (List<Entry> batch = next(1); !batch.isEmpty(); batch = next(1)) {
            turns.add(names(batch).getFirst());
            batch.forEach(backlog::settle);
        }

        assertThat(turns).containsExactly("ada 0", "bob 3", "cem 5", "ada 1", "bob 4", "ada 2");
        assertThat(backlog.count()).isZero();
    }

    @Test
    void nextBatchOfAStudent_followsAfterTheOneBefore() {
        add("ada", 4);

        List<Entry> first = next(2);
        assertThat(next(2)).isEmpty();
        backlog.settle(first.getFirst());
        assertThat(next(2)).isEmpty();
        backlog.settle(first.getLast());

        assertThat(names(first)).containsExactly("ada 0", "ada 1");
        assertThat(names(next(2))).containsExactly("ada 2", "ada 3");
    }

    @Test
    void longQueueOfOneStudent_doesNotDelayAnother() {
        add("ada", 20_000);
        List<Entry> underWay = next(1);
        add("bob", 1);

        assertThat(names(next(1))).containsExactly("bob 20000");
        underWay.forEach(backlog::settle);
        assertThat(names(next(1))).containsExactly("ada 1");
    }

    @Test
    void failedOne_keepsItsPlace_andOnlyItsStudentPauses() {
        add("ada", 3);
        add("bob", 1);
        List<Entry> failed = next(2);

        failed.forEach(entry -> backlog.retry(entry, now + seconds(5)));

        assertThat(names(next(2))).containsExactly("bob 3");
        assertThat(next(2)).isEmpty();
        assertThat(backlog.nextAt()).isEqualTo(OptionalLong.of(now + seconds(5)));
        now += seconds(5);
        assertThat(names(next(2))).containsExactly("ada 0", "ada 1");
    }

    @Test
    void postponedOne_letsLaterOnesOfItsStudentPass_andComesBackAfterItsPause() {
        add("ada", 3);

        backlog.postpone(next(1).getFirst(), now + seconds(5));
        List<Entry> second = next(1);
        now += seconds(5);
        assertThat(next(1)).isEmpty();
        second.forEach(backlog::settle);

        assertThat(names(second)).containsExactly("ada 1");
        assertThat(names(next(1))).containsExactly("ada 0");
    }

    @Test
    void backlogOfAnEarlierLife_isReadNoFasterThanAllowed_andDelaysNoNewOne() {
        earlierLife(10, 100);
        backlog = new Backlog(disk, 1, (why, _) -> givenUp.add(why));
        now = System.nanoTime() + seconds(1);
        List<Entry> old = next(1);
        add("new", 2);

        assertThat(names(old)).containsExactly("s0 0");
        List<Entry> live = next(1);
        assertThat(names(live)).containsExactly("new 1000");
        assertThat(next(1)).isEmpty();
        now += seconds(1);
        live.forEach(backlog::settle);

        assertThat(List.of(names(next(1)), names(next(1)), next(1)))
                .containsExactlyInAnyOrder(List.of("new 1001"), List.of("s1 1"), List.of());
    }

    @Test
    void newOnes_doNotStarveTheBacklog() {
        earlierLife(1, 100);
        backlog = new Backlog(disk, PLENTY, (why, _) -> givenUp.add(why));
        now = System.nanoTime() + seconds(1);
        int old = 0;

        for (int turn = 0; turn < 100; turn++) {
            add("new", 1);
            List<Entry> batch = next(1);
            old += names(batch).getFirst().startsWith("s0") ? 1 : 0;
            batch.forEach(backlog::settle);
            now += seconds(1);
        }

        assertThat(old).isBetween(45, 55);
    }

    @Test
    void backlogOfAnEarlierLife_comesInTheOrderOfEachStudent() {
        earlierLife(7, 40);
        backlog = new Backlog(disk, PLENTY, (why, _) -> givenUp.add(why));
        now = System.nanoTime() + seconds(1);
        List<String> ofOne = new ArrayList<>();
        int all = 0;

        for (List<Entry> batch = next(16); !batch.isEmpty(); batch = next(16)) {
            assertThat(batch).extracting(entry -> entry.report().student()).containsOnly(student(batch));
            names(batch).stream().filter(name -> name.startsWith("s3 ")).forEach(ofOne::add);
            all += batch.size();
            batch.forEach(backlog::settle);
        }

        assertThat(all).isEqualTo(280);
        assertThat(ofOne).hasSize(40).first().isEqualTo("s3 3");
        assertThat(ofOne)
                .extracting(name -> Integer.parseInt(name.substring(3)))
                .isSorted();
        assertThat(givenUp).isEmpty();
    }

    @Test
    void memoryThatIsFull_isTakenFromTheStudentWhoHasMost() {
        add("ada", 1);
        add("bob", 1000);
        add("cem", 1);

        backlog.shrinkUnsavedTo(10_000);
        List<String> left = new ArrayList<>();
        for (List<Entry> batch = next(PLENTY); !batch.isEmpty(); batch = next(PLENTY)) {
            left.addAll(names(batch));
            batch.forEach(backlog::settle);
        }

        assertThat(left).contains("ada 0", "cem 1001", "bob 1000").hasSizeLessThan(200);
        assertThat(givenUp).hasSize(1002 - left.size()).containsOnly(GivenUp.SIZE);
    }

    @Test
    void whatIsUnderWay_isBoundedInBytes() {
        for (int student = 0; student < 100; student++) {
            add("s" + student, "x".repeat(200_000));
        }

        int batches = 0;
        while (!backlog.isFull()) {
            assertThat(next(10)).isNotEmpty();
            batches++;
        }

        assertThat(batches).isLessThan(25);
    }

    private void earlierLife(int students, int each) {
        disk = SpoolDisk.open(Optional.of(directory));
        backlog = new Backlog(disk, PLENTY, (why, _) -> givenUp.add(why));
        for (int i = 0; i < each; i++) {
            for (int student = 0; student < students; student++) {
                add("s" + student, 1);
            }
        }
        backlog.save();
        disk.close();
        disk = SpoolDisk.open(Optional.of(directory));
    }

    private List<Entry> next(int most) {
        return backlog.next(most, now);
    }

    private void add(String student, int count) {
        for (int i = 0; i < count; i++) {
            add(student, "");
        }
    }

    private void add(String student, String text) {
        Report report = new Report(
                new UUID(0, number++),
                "run",
                "USER_BINARY",
                new Student("os", "1", student),
                "hw1",
                Optional.empty(),
                KEPT_AT,
                "{\"text\":\"" + text + "\"}");
        backlog.add(new Arrival(report, KEPT_AT, () -> {}));
    }

    private static Student student(List<Entry> batch) {
        return batch.getFirst().report().student();
    }

    private static List<String> names(List<Entry> batch) {
        return batch.stream()
                .map(entry -> entry.report().student().id() + " "
                        + entry.report().eventId().getLeastSignificantBits())
                .toList();
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
