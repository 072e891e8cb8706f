package io.procmon.bpf;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BurstBufferTest {

    private static final long CAPACITY = 1 << 20;
    private static final int ALL = Integer.MAX_VALUE;

    private final BurstBuffer buffer = new BurstBuffer(CAPACITY);

    @AfterEach
    void close() {
        buffer.close();
    }

    @Test
    void whatIsKept_comesBackInItsOrderAndLength() {
        List.of("a", "bcdefgh", "ijklmnop", "", "q").forEach(this::add);

        assertThat(read(2)).containsExactly("a", "bcdefgh");
        assertThat(read(ALL)).containsExactly("ijklmnop", "", "q");
        assertThat(read(ALL)).isEmpty();
    }

    @Test
    void memory_isThereOnlyWhileThereAreRecords() {
        assertThat(buffer.occupancy()).isEqualTo(new Occupancy(0, CAPACITY));

        add("a");
        assertThat(buffer.occupancy().used()).isPositive();
        assertThat(buffer.isEmpty()).isFalse();
        read(ALL);

        assertThat(buffer.occupancy().used()).isZero();
        assertThat(buffer.isEmpty()).isTrue();
    }

    @Test
    void itIsFull_whenTheCapacityIsTaken() {
        String record = "r".repeat(1000);
        int records = 0;
        while (!buffer.isFull()) {
            add(record);
            records++;
        }

        assertThat(records).isBetween(700, 1100);
        assertThat(read(ALL)).hasSize(records).containsOnly(record);
    }

    @Test
    void bufferOfNoSize_isAlwaysFull() {
        try (BurstBuffer none = new BurstBuffer(0)) {
            assertThat(none.isFull()).isTrue();
        }
    }

    @Test
    void recordLargerThanAnyOther_isKeptWhole() {
        String large = "l".repeat(700_000);

        List.of("before", large, "behind").forEach(this::add);

        assertThat(read(ALL)).containsExactly("before", large, "behind");
    }

    @Test
    void addingAndReading_inAnyTurns_isAQueue() {
        Random random = new Random(7);
        Queue<String> oracle = new ArrayDeque<>();
        for (int turn = 0; turn < 2000; turn++) {
            for (int i = random.nextInt(20); i > 0; i--) {
                String record = Integer.toString(turn).repeat(random.nextInt(300));
                add(record);
                oracle.add(record);
            }
            List<String> read = read(random.nextInt(20));
            read.forEach(record -> assertThat(record).isEqualTo(oracle.poll()));
        }

        assertThat(read(ALL)).containsExactlyElementsOf(oracle);
    }

    @Test
    void containers_areServedInTurn_eachWithAsManyBytes() {
        String large = "L".repeat(30_000);
        for (int i = 0; i < 20; i++) {
            add(1, true, large);
        }
        for (int i = 0; i < 20; i++) {
            add(2, true, "s".repeat(500) + i);
        }

        List<String> read = read(25);

        assertThat(read.stream().filter(record -> record.startsWith("s"))).hasSizeGreaterThanOrEqualTo(20);
        assertThat(read.stream().filter(record -> record.startsWith("s")).map(record -> record.substring(500)))
                .as("in their order")
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(Integer::toString).toList());
    }

    @Test
    void containerWithItsShare_isRefused_andOthersFindRoom() {
        String record = "r".repeat(1000);
        int first = fill(1, record);
        int second = fill(2, record);
        int third = fill(3, record);

        assertThat(List.of(first, second, third)).isSortedAccordingTo((a, b) -> b - a);
        assertThat(first).isBetween(550, 750);
        assertThat(third).isGreaterThan(50);
        assertThat(buffer.isFull()).isFalse();
        assertThat(buffer.refused()).isEqualTo(3);
        assertThat(read(ALL)).hasSize(first + second + third);
    }

    @Test
    void exit_isKeptEvenBeyondTheShare() {
        fill(1, "r".repeat(1000));

        assertThat(add(1, false, "exit")).isTrue();
    }

    @Test
    void shareThatIsReadAgain_isFreeAgain() {
        String record = "r".repeat(1000);
        int first = fill(1, record);
        read(ALL);

        assertThat(fill(1, record)).isEqualTo(first);
    }

    /** Adds execs of a container until one is refused; returns the number of execs that were kept. */
    private int fill(long container, String record) {
        int kept = 0;
        while (add(container, true, record)) {
            kept++;
        }
        return kept;
    }

    private void add(String record) {
        assertThat(add(1, false, record)).isTrue();
    }

    private boolean add(long container, boolean isExec, String record) {
        byte[] bytes = ("xx" + record).getBytes(US_ASCII);
        return buffer.add(container, isExec, MemorySegment.ofArray(bytes), 2, bytes.length - 2);
    }

    private List<String> read(int max) {
        List<String> records = new ArrayList<>();
        buffer.read(max, (memory, offset, length) -> {
            assertThat(offset % Long.BYTES).as("as aligned as in the ring").isZero();
            records.add(new String(memory.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE), US_ASCII));
        });
        return records;
    }
}
