package io.procmon.classroom.logbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Stories;
import io.procmon.classroom.workflow.Story;
import io.procmon.classroom.workflow.Work;
import io.procmon.process.Student;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogbookTest {

    private static final int PER_WORK = 12;
    private static final int CAPACITY = 30;
    private static final int BLOCK = 4096;
    private static final Work WORK = new Work(new Student("os", "1", "202012180"), "hw1");
    private static final Work OTHER = new Work(new Student("os", "1", "202012181"), "hw1");
    private static final List<Work> WORKS = List.of(
            WORK,
            OTHER,
            new Work(new Student("os", "10", "202012180"), "hw1"),
            new Work(new Student("os", "1", "202012180"), "hw10"));

    @Provide
    Arbitrary<List<Attempt>> attempts() {
        return Stories.attempts().list().ofMaxSize(90).uniqueElements(Attempt::id);
    }

    @Property(tries = 200)
    void anyOrderAndAnyRepetition_leavesTheSame_andItIsTheNewest(
            @ForAll("attempts") List<Attempt> attempts, @ForAll long seed) {
        Random random = new Random(seed);
        List<Attempt> told = new ArrayList<>(attempts);
        attempts.stream().filter(_ -> random.nextBoolean()).forEach(told::add);
        Collections.shuffle(told, random);

        try (Logbook logbook = inMemory()) {
            told.forEach(attempt -> logbook.enter(workOf(attempt), attempt));

            assertThat(contents(logbook)).isEqualTo(newest(attempts));
            assertThat(logbook.size())
                    .isEqualTo(contents(logbook).values().stream()
                            .mapToInt(List::size)
                            .sum());
        }
    }

    @Test
    void repeatedAttempt_isNoNews() {
        Attempt attempt = Story.of("0:00 build ok").getFirst();
        try (Logbook logbook = inMemory()) {
            assertThat(logbook.enter(WORK, attempt)).isEqualTo(Admission.ADDED);
            assertThat(logbook.enter(WORK, attempt)).isEqualTo(Admission.REPEATED);
            assertThat(logbook.enter(OTHER, attempt)).isEqualTo(Admission.ADDED);
        }
    }

    @Test
    void attemptThatIsOlderThanAllThereIsRoomFor_isNoNews() {
        try (Logbook logbook = inMemory()) {
            for (int minute = 1; minute <= PER_WORK; minute++) {
                logbook.enter(WORK, Story.of(minute + ":00 build ok").getFirst());
            }

            assertThat(logbook.enter(WORK, Story.of("0:00 build ok").getFirst()))
                    .isEqualTo(Admission.REPEATED);
            assertThat(logbook.enter(WORK, Story.of("0:00 build ok").getFirst()))
                    .isEqualTo(Admission.REPEATED);
            assertThat(logbook.of(WORK))
                    .hasSize(PER_WORK)
                    .allMatch(it -> it.startedAt().isAfter(Story.BEGIN));
        }
    }

    @Test
    void whatWasEntered_isThereAfterARestart(@TempDir Path directory) {
        List<Attempt> story = Story.of("0:00 build failed; 1:00 build ok call=3; 2:00 run SIGSEGV via=gdb cpu=4");
        try (Logbook logbook = onDisk(directory)) {
            story.forEach(attempt -> logbook.enter(WORK, attempt));
            logbook.enter(OTHER, story.getFirst());
        }

        try (Logbook again = onDisk(directory)) {
            assertThat(again.works()).containsExactly(WORK, OTHER);
            assertThat(again.of(WORK)).isEqualTo(story);
            assertThat(again.enter(WORK, story.getLast())).isEqualTo(Admission.REPEATED);
            assertThat(again.lastOf(WORK)).isEqualTo(Story.at("2:00"));
        }
    }

    @Test
    void smallerLogbookThanBefore_keepsTheNewest(@TempDir Path directory) {
        List<Attempt> story = Story.of("0:00 build failed; 1:00 build ok; 2:00 run ok");
        try (Logbook logbook = onDisk(directory)) {
            story.forEach(attempt -> logbook.enter(WORK, attempt));
        }

        try (Logbook smaller =
                new Logbook(new LogbookOptions(Optional.of(directory), PER_WORK, 1, 1, Duration.ofSeconds(10)))) {
            smaller.open();

            assertThat(smaller.of(WORK)).containsExactly(story.getLast());
        }
    }

    @Test
    void damagedFile_isPutAside_andANewOneBegins(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("workflow.mv"), "no logbook ".repeat(2000));

        try (Logbook logbook = onDisk(directory)) {
            assertThat(logbook.works()).isEmpty();
            assertThat(logbook.enter(WORK, Story.of("0:00 build ok").getFirst()))
                    .isEqualTo(Admission.ADDED);
        }
        assertThat(directory.resolve("workflow.mv.damaged")).exists();
        try (Logbook again = onDisk(directory)) {
            assertThat(again.works()).containsExactly(WORK);
        }
    }

    @Test
    void damagedPage_endsNothing_whereverItIs(@TempDir Path directory) throws IOException {
        fill(directory);
        byte[] whole = Files.readAllBytes(directory.resolve("workflow.mv"));
        boolean putAside = false;

        for (int block = 0; block < whole.length; block += BLOCK) {
            byte[] damaged = whole.clone();
            Arrays.fill(damaged, block, Math.min(block + BLOCK, whole.length), (byte) 0);
            Files.write(directory.resolve("workflow.mv"), damaged);

            try (Logbook logbook = large(directory)) {
                logbook.works().forEach(logbook::of);
                logbook.enter(WORK, Story.of("0:00 build ok").getFirst());
                assertThat(logbook.works()).contains(WORK);
            }
            putAside |= Files.deleteIfExists(directory.resolve("workflow.mv.damaged"));
        }
        assertThat(putAside).isTrue();
    }

    @Test
    void damageWhileItIsOpen_endsNothing(@TempDir Path directory) throws IOException {
        fill(directory);
        try (Logbook logbook = large(directory)) {
            List<Work> works = logbook.works();
            Path file = directory.resolve("workflow.mv");
            Files.write(file, new byte[(int) Files.size(file)], StandardOpenOption.WRITE);

            works.forEach(logbook::of);
            works.forEach(logbook::lastOf);

            assertThat(logbook.enter(WORK, Story.of("0:00 build ok").getFirst()))
                    .isEqualTo(Admission.ADDED);
            assertThat(logbook.works()).containsExactly(WORK);
        }
    }

    @Test
    void withoutAFile_memoryHasToDo(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("a file where a directory should be"));

        try (Logbook logbook = onDisk(file)) {
            assertThat(logbook.enter(WORK, Story.of("0:00 build ok").getFirst()))
                    .isEqualTo(Admission.ADDED);
            assertThat(logbook.works()).containsExactly(WORK);
        }
    }

    @Property(tries = 300)
    void attempt_isReadAsItWasWritten(@ForAll("attempts") List<Attempt> attempts) {
        assertThat(attempts)
                .allSatisfy(attempt -> assertThat(AttemptFormat.decode(AttemptFormat.encode(attempt)))
                        .contains(attempt));
    }

    /**
     * The current version added the node and the program at the end. An empty name and a missing program take five
     * bytes.
     */
    @Test
    void recordOfTheVersionBefore_isRead() {
        Attempt attempt = Story.of("0:00 build failed says=x").getFirst();
        byte[] record = AttemptFormat.encode(attempt);
        byte[] before = Arrays.copyOf(record, record.length - 5);
        before[0] = 2;

        assertThat(AttemptFormat.decode(before)).contains(attempt);
    }

    @Test
    void recordOfALaterVersion_isLeftOut() {
        byte[] record = AttemptFormat.encode(Story.of("0:00 build ok").getFirst());
        record[0]++;

        assertThat(AttemptFormat.decode(record)).isEmpty();
    }

    /**
     * The rank of an attempt: the number of newer attempts of the same student, then the student. The attempts with the
     * smallest ranks are kept.
     */
    private record Rank(int newer, String student, Attempt attempt) {}

    /** A simple implementation of the two rules of the logbook. */
    private static Map<Work, List<Attempt>> newest(List<Attempt> attempts) {
        return attempts.stream().collect(Collectors.groupingBy(LogbookTest::workOf)).values().stream()
                .flatMap(ofOne ->
                        ofOne.stream().sorted(Attempt.BY_START.reversed()).limit(PER_WORK))
                .collect(Collectors.groupingBy(attempt -> student(workOf(attempt))))
                .entrySet()
                .stream()
                .flatMap(ofOne -> ranks(ofOne.getKey(), ofOne.getValue()))
                .sorted(Comparator.comparingInt(Rank::newer).thenComparing(Rank::student))
                .limit(CAPACITY)
                .map(Rank::attempt)
                .sorted(Attempt.BY_START)
                .collect(Collectors.groupingBy(LogbookTest::workOf));
    }

    private static Stream<Rank> ranks(String student, List<Attempt> attempts) {
        List<Attempt> newestFirst =
                attempts.stream().sorted(Attempt.BY_START.reversed()).toList();
        return IntStream.range(0, newestFirst.size()).mapToObj(i -> new Rank(i, student, newestFirst.get(i)));
    }

    private static String student(Work work) {
        Student student = work.student();
        return String.join("\0", student.course(), student.section(), student.id());
    }

    private static Map<Work, List<Attempt>> contents(Logbook logbook) {
        return logbook.works().stream().collect(Collectors.toMap(Function.identity(), logbook::of));
    }

    private static Work workOf(Attempt attempt) {
        return WORKS.get(Math.floorMod(attempt.id().hashCode(), WORKS.size()));
    }

    /** Enters several thousand attempts. */
    private static void fill(Path directory) {
        List<Attempt> attempts = Stories.attempts()
                .list()
                .ofSize(100)
                .uniqueElements(Attempt::id)
                .sample();
        try (Logbook logbook = large(directory)) {
            for (int student = 0; student < 50; student++) {
                Work work = new Work(new Student("os", "1", Integer.toString(202_000_000 + student)), "hw1");
                attempts.forEach(attempt -> logbook.enter(work, attempt));
            }
        }
    }

    private static Logbook large(Path directory) {
        Logbook logbook =
                new Logbook(new LogbookOptions(Optional.of(directory), 1000, 100_000, 100_000, Duration.ofSeconds(10)));
        logbook.open();
        return logbook;
    }

    private static Logbook inMemory() {
        Logbook logbook =
                new Logbook(new LogbookOptions(Optional.empty(), PER_WORK, 0, CAPACITY, Duration.ofSeconds(10)));
        logbook.open();
        return logbook;
    }

    private static Logbook onDisk(Path directory) {
        Logbook logbook = new Logbook(
                new LogbookOptions(Optional.of(directory), PER_WORK, CAPACITY, CAPACITY, Duration.ofSeconds(10)));
        logbook.open();
        return logbook;
    }
}
