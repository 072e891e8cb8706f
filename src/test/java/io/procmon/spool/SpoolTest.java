package io.procmon.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.events.Report;
import io.procmon.privacy.OwnerOnlyFiles;
import io.procmon.process.Student;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final long PLENTY = 1 << 30;

    @TempDir
    Path directory;

    private volatile Instant now = Instant.parse("2026-03-02T10:00:00Z");
    private Spool spool;

    @AfterEach
    void close() {
        if (spool != null) {
            spool.close();
        }
    }

    @Test
    void whatWasKept_isThereAfterRestart_inOrder() {
        open();
        keep(0, 3000);

        reopen();

        assertThat(spool.recovered()).isEqualTo(3000);
        assertThat(numbers(take(3000))).containsExactlyElementsOf(range(0, 3000));
    }

    @Test
    void whatIsSettled_isGoneAfterRestart() {
        open();
        keep(0, 10);
        List<Entry> entries = take(10);
        entries.stream().filter(entry -> number(entry) % 2 == 0).forEach(this::done);
        later(entries.get(1), Duration.ofDays(1));

        reopen();

        assertThat(numbers(take(5))).containsExactly(1, 3, 5, 7, 9);
    }

    @Test
    void newOnes_comeBehindTheBacklog() {
        open();
        keep(0, 500);
        reopen();
        keep(500, 1000);

        assertThat(numbers(take(1000))).containsExactlyElementsOf(range(0, 1000));
    }

    @Test
    void finishedSpool_completesWhenAllIsSettled() {
        open();
        keep(0, 2);
        AssertSubscriber<Entry> entries = subscribe(2);
        entries.awaitItems(2, DEADLINE);

        spool.finish();
        entries.assertNotTerminated();
        entries.getItems().forEach(this::done);

        entries.awaitCompletion(DEADLINE);
        assertThat(spool.level().reports()).isZero();
    }

    @Test
    void postponed_isOfferedAgain_andDoesNotHoldUpOthers() {
        open();
        keep(0, 3);
        AssertSubscriber<Entry> entries = subscribe(3);
        entries.awaitItems(3, DEADLINE);

        later(entries.getItems().getFirst(), Duration.ofMillis(1));
        entries.getItems().subList(1, 3).forEach(this::done);
        entries.request(1);

        assertThat(numbers(entries.awaitItems(4, DEADLINE).getItems())).containsExactly(0, 1, 2, 0);
    }

    @Test
    void fullSpool_givesUpTheOldest_andCountsThem() {
        int size = RecordFormat.encode(report(0), now).length;
        open(Optional.of(directory), 100L * size, Duration.ofDays(1), PLENTY);
        keep(0, 250);

        eventually(() -> spool.level().reports() <= 100);

        List<Integer> left = numbers(take((int) spool.level().reports()));
        assertThat(left).last().isEqualTo(249);
        assertThat(left).containsExactlyElementsOf(range(250 - left.size(), 250));
        assertThat(spool.givenUp(GivenUp.SIZE)).isEqualTo(250L - left.size());
    }

    @Test
    void tooOld_isGivenUp() {
        open(Optional.of(directory), PLENTY, Duration.ofHours(1), PLENTY);
        keep(0, 5);
        now = now.plus(Duration.ofMinutes(50));
        keep(5, 10);
        now = now.plus(Duration.ofMinutes(20));
        keep(10, 11);

        eventually(() -> spool.givenUp(GivenUp.AGE) == 5);

        assertThat(numbers(take(6))).containsExactlyElementsOf(range(5, 11));
    }

    @Test
    void withoutDirectory_itWorksFromMemory_andIsBounded() {
        int size = RecordFormat.encode(report(0), now).length;
        open(Optional.empty(), PLENTY, Duration.ofDays(1), 100L * size);
        keep(0, 250);

        eventually(() -> spool.level().reports() <= 100);

        assertThat(spool.level().onDisk()).isFalse();
        assertThat(numbers(take((int) spool.level().reports()))).last().isEqualTo(249);
    }

    @Test
    void directoryThatCannotBe_isNoReasonToStop() throws IOException {
        Path file = Files.createFile(directory.resolve("a-file"));
        open(Optional.of(file.resolve("spool")), PLENTY, Duration.ofDays(1), PLENTY);
        keep(0, 5);

        assertThat(spool.level().onDisk()).isFalse();
        assertThat(numbers(take(5))).containsExactlyElementsOf(range(0, 5));
    }

    @Test
    void spoolOfAnotherProcess_isLeftAlone() {
        open();
        keep(0, 5);
        Spool second =
                new Spool(options(Optional.of(directory), PLENTY, Duration.ofDays(1), PLENTY), Clock.systemUTC());

        second.open();
        try {
            assertThat(second.level().onDisk()).isFalse();
            assertThat(second.recovered()).isZero();
        } finally {
            second.close();
        }
        assertThat(numbers(take(5))).containsExactlyElementsOf(range(0, 5));
    }

    @Test
    void tailThatIsDamaged_costsOnlyWhatWasInIt() throws IOException {
        open();
        keep(0, 1000);
        spool.close();
        try (RandomAccessFile file = new RandomAccessFile(segment().toFile(), "rw")) {
            file.setLength(file.length() - 3 * 4096);
        }

        open();

        long left = spool.level().reports();
        assertThat(left).isPositive();
        assertThat(spool.givenUp(GivenUp.DAMAGED)).isPositive().isEqualTo(1000 - left);
        assertThat(spool.recovered()).isEqualTo(1000);
        assertThat(numbers(take((int) left))).isSorted().doesNotHaveDuplicates().allMatch(it -> it < 1000);
        keep(1000, 1001);
    }

    @Test
    void blockThatIsTorn_costsOnlyWhatWasInIt() throws IOException {
        open();
        for (int i = 0; i < 3000; i += 500) {
            keep(i, i + 500);
        }
        spool.close();
        byte[] whole = Files.readAllBytes(segment());
        int torn = 0;

        for (int at = 0; at + 4096 <= whole.length; at += whole.length / 40 / 4096 * 4096 + 4096) {
            Path place = Files.createDirectory(directory.resolve("torn-at-" + at));
            copyJournal(place);
            byte[] damaged = whole.clone();
            Arrays.fill(damaged, at, at + 4096, (byte) 0);
            Files.write(place.resolve(segment().getFileName()), damaged);
            try (Journal journal = Journal.open(place)) {
                List<Long> left = journal.read(0, 4000, PLENTY).stream()
                        .map(Map.Entry::getKey)
                        .toList();
                assertThat(left).isSorted().doesNotHaveDuplicates().hasSizeBetween(2500, 3000);
                assertThat(journal.lost()).isEqualTo(3000 - left.size());
                boolean isAside = files(place).anyMatch(name -> name.contains(".journal.damaged-"));
                assertThat(isAside).isEqualTo(left.size() < 3000);
                torn += isAside ? 1 : 0;
            }
        }

        assertThat(torn).isPositive();
    }

    private void copyJournal(Path place) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, place.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void pagesThatAreTornWhileItRuns_costOnlyWhatWasOnThem() throws IOException {
        int all = 20_000;
        try (Journal journal = Journal.open(directory)) {
            long position = 0;
            for (int number = 0; number < all; number++) {
                byte[] record = RecordFormat.encode(report(number), now);
                journal.add(position, record);
                position += record.length;
            }
            journal.commit();
        }
        open();
        try (RandomAccessFile file = new RandomAccessFile(segment().toFile(), "rw")) {
            for (int tenth = 1; tenth < 10; tenth++) {
                file.seek(file.length() / 4096 * tenth / 10 * 4096);
                file.write(new byte[4096]);
            }
        }

        AssertSubscriber<Entry> entries = subscribe(all, this::done);

        eventually(() -> entries.getItems().size() + spool.givenUp(GivenUp.UNREADABLE) == all);
        assertThat(spool.givenUp(GivenUp.UNREADABLE)).isBetween(1L, 3000L);
        assertThat(numbers(entries.getItems())).isSorted().doesNotHaveDuplicates();
        eventually(() -> spool.level().reports() == 0);
    }

    @Test
    void backlogThatNobodyAsksFor_takesNoProcessorTime() {
        open();
        keep(0, 1500);
        reopen();
        long thread = Thread.getAllStackTraces().keySet().stream()
                .filter(it -> it.getName().equals("spool"))
                .findFirst()
                .orElseThrow()
                .threadId();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long began = System.nanoTime();
        long before = threads.getThreadCpuTime(thread);

        eventually(() -> System.nanoTime() - began > 1_000_000_000);

        assertThat(threads.getThreadCpuTime(thread) - before).isLessThan(50_000_000);
    }

    @Test
    void hugeReports_areHandedOutAFewAtATime() {
        int all = 100;
        open();
        for (int number = 0; number < all; number++) {
            spool.keep(report(number, "{\"a\":\"" + "a".repeat(300_000) + "\"}"))
                    .await()
                    .atMost(DEADLINE);
        }
        reopen();
        List<Integer> seen = new ArrayList<>();
        AssertSubscriber<Entry> entries = subscribe(all);

        while (seen.size() < all) {
            eventually(() -> entries.getItems().size() > seen.size());
            Entry next = entries.getItems().get(seen.size());
            assertThat(spool.level().underWay()).isLessThan(20);
            seen.add(number(next));
            done(next);
        }

        assertThat(seen).containsExactlyElementsOf(range(0, all));
    }

    @Test
    void filesOfTheSpool_areTheOwnersOnly() throws IOException {
        open();
        keep(0, 5);
        take(5).forEach(this::done);
        eventually(() -> spool.level().reports() == 0);
        spool.close();
        try (RandomAccessFile file = new RandomAccessFile(segment().toFile(), "rw")) {
            file.setLength(file.length() - 1);
        }
        open();

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.toList())
                    .hasSizeGreaterThan(2)
                    .allSatisfy(file ->
                            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(OwnerOnlyFiles.MODE));
        }
    }

    private static Stream<String> files(Path place) {
        return Stream.of(place.toFile().list());
    }

    @Test
    void fileThatIsGarbage_isPutAside() throws IOException {
        Files.writeString(directory.resolve("spool.mv"), "this is no store".repeat(1000));

        open();
        keep(0, 5);

        assertThat(numbers(take(5))).containsExactlyElementsOf(range(0, 5));
        assertThat(only("spool.mv.damaged-")).isRegularFile();
    }

    @Test
    void spoolOfTheFirstVersion_isStillReadAndSent() throws IOException {
        try (InputStream file = SpoolTest.class.getResourceAsStream("version-1.mv")) {
            Files.copy(file, directory.resolve("spool.mv"));
        }
        open();

        assertThat(take(3)).extracting(Entry::report).containsExactly(report(0), report(1), report(2));
        assertThat(only("spool.mv.moved-")).isRegularFile();
        reopen();
        assertThat(spool.recovered()).isEqualTo(3);
    }

    @Test
    void spoolOfALaterProcmon_isKeptAside_andANewOneBegins() throws IOException {
        byte[] record = RecordFormat.encode(report(0), now);
        record[0] = RecordFormat.VERSION + 1;
        try (Journal journal = Journal.open(directory)) {
            journal.add(0, record);
            journal.commit();
        }
        byte[] kept = Files.readAllBytes(segment());
        String name = segment().getFileName().toString();
        open();
        keep(1, 2);

        assertThat(spool.recovered()).isZero();
        assertThat(numbers(take(1))).containsExactly(1);
        Path aside = only("spool.newer-");
        assertThat(aside.resolve(name)).hasBinaryContent(kept);
        assertThat(aside.resolve(Manifest.NAME)).exists();
    }

    @Test
    void oldStoreOfALaterProcmon_isKeptAside() throws IOException {
        byte[] record = RecordFormat.encode(report(0), now);
        record[0] = RecordFormat.VERSION + 1;
        try (MVStore store = MVStore.open(directory.resolve("spool.mv").toString())) {
            LegacyStore.records(store).put(0L, record);
            store.commit();
        }
        open();
        keep(1, 2);

        assertThat(spool.recovered()).isZero();
        try (MVStore store = MVStore.open(only("spool.mv.newer-").toString())) {
            assertThat(LegacyStore.records(store).get(0L)).isEqualTo(record);
        }
    }

    @Test
    void deadLetter_isKept_andSentAgainWhenMarked() throws IOException {
        open();
        keep(0, 2);
        AssertSubscriber<Entry> entries = subscribe(2);
        entries.awaitItems(2, DEADLINE);

        entries.getItems().forEach(entry -> dead(entry, 422, "no such \"course\""));
        eventually(() -> spool.level().reports() == 0);

        assertThat(letters(spool))
                .hasSize(2)
                .first()
                .asString()
                .contains("\"status\":422", "\"answer\":\"no such \\\"course\\\"\"", "\"student\":\"2026\"");
        assertThat(spool.deadLetters().mark()).isEqualTo(2);
        entries.request(2);
        assertThat(entries.awaitItems(4, DEADLINE).getItems().subList(2, 4))
                .extracting(Entry::report)
                .containsExactly(report(0), report(1));
        assertThat(letters(spool)).isEmpty();
        assertThat(spool.resent()).isEqualTo(2);
    }

    @Test
    void backlogOfAnEarlierLife_isDeadLetterToo_beforeItIsForgotten() throws IOException {
        open();
        keep(0, 1);
        reopen();

        dead(take(1).getFirst(), 400, "");
        reopen();

        assertThat(spool.recovered()).isZero();
        assertThat(letters(spool)).hasSize(1);
    }

    @Test
    void spoolThatFails_failsItsEntries_andIsClosedNonetheless() {
        open();
        AssertSubscriber<Entry> entries = subscribe(1);

        now = null;

        entries.awaitFailure(DEADLINE);
        subscribe(1).awaitFailure(DEADLINE);
        assertThat(spool.hasFailed()).isTrue();
        spool.close();
    }

    @Test
    void manyLettersAreSentAgain_inSteps() throws IOException {
        write("dead-letters.resend.ndjson", letters(0, 700));
        assertThat(new DeadLetters(Optional.of(directory)).marked()).hasSizeLessThan(300);
        open();

        AssertSubscriber<Entry> entries = subscribe(700, this::done);
        assertThat(numbers(entries.awaitItems(700, DEADLINE).getItems())).containsExactlyElementsOf(range(0, 700));
        assertThat(spool.resent()).isEqualTo(700);
        eventually(() -> !Files.exists(directory.resolve("dead-letters.resend.ndjson")));
    }

    @Test
    void lineThatIsNoLetter_staysAmongTheDead() throws IOException {
        List<String> spoilt = List.of(
                "null",
                "{\"status\":422}",
                letter(7).replace("2026-03-02T10:00:00Z", "yesterday"),
                letter(8).replace("\"hw1\"", "\"" + "h".repeat(70_000) + "\""),
                "{\"status\":");
        write(
                "dead-letters.ndjson",
                Stream.concat(spoilt.stream(), letters(0, 2)).toList());
        open();
        spool.deadLetters().mark();

        assertThat(numbers(take(2))).containsExactly(0, 1);
        eventually(() -> dead().size() == spoilt.size());
        assertThat(dead()).isEqualTo(spoilt);
    }

    @Test
    void letterBehindHalfALine_isALineOfItsOwn() throws IOException {
        Files.writeString(directory.resolve("dead-letters.ndjson"), "{\"status\":4");

        spool = new Spool(options(Optional.of(directory), PLENTY, Duration.ofDays(1), PLENTY), Clock.systemUTC());
        spool.deadLetters().add(List.of(DeadLetter.of(report(0), 422, "", now)));

        assertThat(dead()).containsExactly("{\"status\":4", letter(0));
    }

    @Test
    void whatIsMarkedWhileOthersAreTakenIn_isNotForgotten() throws IOException {
        DeadLetters letters = new DeadLetters(Optional.of(directory));
        letters.add(List.of(DeadLetter.of(report(0), 422, "", now)));
        letters.mark();
        letters.marked();
        letters.add(List.of(DeadLetter.of(report(1), 422, "", now)));
        new DeadLetters(Optional.of(directory)).mark();

        letters.unmark();

        assertThat(letters.marked()).containsExactly(report(1));
    }

    @Test
    void lettersThatTheDiskDoesNotTake_stayMarked() throws IOException {
        write("dead-letters.resend.ndjson", letters(0, 3));
        try (Journal another = Journal.open(directory)) {
            assertThat(another.count()).isZero();
            open();

            eventually(() -> spool.level().reports() == 3);

            assertThat(directory.resolve("dead-letters.resend.ndjson")).exists();
        }
    }

    @Test
    void fileThatSomebodyRemoved_isMadeAgain_withWhatIsInMemory() throws IOException {
        open();
        keep(0, 5);

        Files.delete(segment());

        eventually(() -> spool.level().fileBytes() > 0 && Files.exists(directory.resolve(Manifest.NAME)));
        assertThat(spool.hasFailed()).isFalse();
    }

    @Test
    void directoryThatSomebodyRemoved_isMadeAgain_withWhatIsInMemory() throws IOException {
        open();
        keep(0, 5);

        remove(directory);
        eventually(() ->
                Files.exists(directory.resolve(Manifest.NAME)) && spool.level().onDisk());
        keep(5, 6);
        reopen();

        assertThat(numbers(take(6))).containsExactlyElementsOf(range(0, 6));
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    /** The newest segment. */
    private Path segment() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".journal"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private void write(String name, Stream<String> lines) throws IOException {
        write(name, lines.toList());
    }

    private void write(String name, List<String> lines) throws IOException {
        Files.write(directory.resolve(name), lines);
    }

    private Stream<String> letters(int from, int to) {
        return IntStream.range(from, to).mapToObj(this::letter);
    }

    private String letter(int number) {
        return DeadLetter.of(report(number), 422, "", now).line();
    }

    private List<String> dead() {
        try {
            return letters(spool);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only file whose name starts with a prefix. */
    private Path only(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith(prefix))
                    .toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }

    private void open() {
        open(Optional.of(directory), PLENTY, Duration.ofDays(1), PLENTY);
    }

    private void open(Optional<Path> where, long maxBytes, Duration maxAge, long memoryBytes) {
        InstantSource time = () -> now;
        spool = new Spool(options(where, maxBytes, maxAge, memoryBytes), time.withZone(ZoneOffset.UTC));
        spool.open();
    }

    private static SpoolOptions options(Optional<Path> where, long maxBytes, Duration maxAge, long memoryBytes) {
        return new SpoolOptions(where, maxBytes, maxAge, memoryBytes, 1_000_000);
    }

    private void reopen() {
        spool.close();
        open();
    }

    private void keep(int from, int to) {
        Uni.join()
                .all(IntStream.range(from, to)
                        .mapToObj(number -> spool.keep(report(number)))
                        .toList())
                .andFailFast()
                .await()
                .atMost(DEADLINE);
    }

    private List<Entry> take(int count) {
        return subscribe(count).awaitItems(count, DEADLINE).getItems();
    }

    private AssertSubscriber<Entry> subscribe(int count, Consumer<Entry> delivery) {
        return spool.batches(count)
                .onItem()
                .<Entry>disjoint()
                .invoke(delivery)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(count));
    }

    /** Requests all activities of one student in one batch, as far as they fit. */
    private AssertSubscriber<Entry> subscribe(int count) {
        return spool.batches(count)
                .onItem()
                .<Entry>disjoint()
                .subscribe()
                .withSubscriber(AssertSubscriber.create(count));
    }

    private void done(Entry entry) {
        settle(entry, new DeliveryOutcome.Delivered(204));
    }

    private void dead(Entry entry, int status, String answer) {
        settle(entry, new DeliveryOutcome.Rejected(status, answer));
    }

    private void later(Entry entry, Duration pause) {
        settle(entry, new DeliveryOutcome.Postponed("HTTP 500", pause));
    }

    private void settle(Entry entry, DeliveryOutcome outcome) {
        spool.settle(new DeliveryResult(entry, outcome));
    }

    private static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the deadline").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static Report report(int number) {
        return report(number, "{\"number\":" + number + "}");
    }

    private static Report report(int number, String activity) {
        return new Report(
                new UUID(0, number),
                "run",
                "USER_BINARY",
                new Student("os", "1", "2026"),
                "hw1",
                Optional.empty(),
                Instant.parse("2026-03-02T10:00:00Z"),
                activity);
    }

    private static int number(Entry entry) {
        return (int) entry.report().eventId().getLeastSignificantBits();
    }

    private static List<Integer> numbers(List<Entry> entries) {
        return entries.stream().map(SpoolTest::number).toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static List<String> letters(Spool spool) throws IOException {
        try (Reader letters = spool.deadLetters().read()) {
            return letters.readAllLines();
        }
    }
}
