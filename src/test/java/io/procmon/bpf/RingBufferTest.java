package io.procmon.bpf;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmon.ffi.Libc;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingBufferTest {

    private static final int ALL = Integer.MAX_VALUE;

    private KernelRing kernel;

    @BeforeEach
    void map() throws Throwable {
        kernel = new KernelRing(0);
    }

    @AfterEach
    void unmap() {
        kernel.close();
    }

    @Test
    void emptyRing_hasNothingToRead() {
        assertThat(read(ALL)).isEmpty();
        assertThat(kernel.reader().available()).isZero();
    }

    @Test
    void records_comeInTheirOrderAndLength() {
        write("a");
        write("bcdefgh");
        write("ijklmnop");
        write("");

        assertThat(kernel.reader().available()).isEqualTo(16 + 16 + 16 + 8);
        assertThat(read(ALL)).containsExactly("a", "bcdefgh", "ijklmnop", "");
        assertThat(kernel.reader().available()).isZero();
    }

    @Test
    void demand_isNeverExceeded() {
        write("a");
        write("b");
        write("c");

        assertThat(read(0)).isEmpty();
        assertThat(read(2)).containsExactly("a", "b");
        assertThat(kernel.reader().available()).isEqualTo(16);
        assertThat(read(2)).containsExactly("c");
    }

    @Test
    void busyRecord_holdsBackWhatStandsBehindIt() {
        write("a");
        long busy = kernel.write("b".getBytes(US_ASCII), KernelRing.BUSY);
        write("c");

        assertThat(read(ALL)).containsExactly("a");
        assertThat(read(ALL)).isEmpty();

        kernel.commit(busy, 1, 0);
        assertThat(read(ALL)).containsExactly("b", "c");
    }

    @Test
    void discardedRecord_isSkippedAndNotCounted() {
        kernel.write("x".getBytes(US_ASCII), KernelRing.DISCARDED);
        write("a");
        long busy = kernel.write("long and thrown away".getBytes(US_ASCII), KernelRing.BUSY);
        write("b");

        assertThat(read(1)).containsExactly("a");

        kernel.commit(busy, 20, KernelRing.DISCARDED);
        assertThat(read(1)).containsExactly("b");
        assertThat(kernel.reader().available()).isZero();
    }

    @Test
    void placeOfARecord_isFreeOnceItWasRead() {
        long before = kernel.free();
        write("a");
        assertThat(kernel.free()).isEqualTo(before - 16);

        read(ALL);
        assertThat(kernel.free()).isEqualTo(before);
    }

    /** The ring is one page. The records wrap around its end about 100 times, and the position exceeds 32 bits. */
    @ParameterizedTest
    @ValueSource(longs = {0, (1L << 32) - 4096, (1L << 62) - 8})
    void recordsThatStraddleTheEnd_areWhole(long position) throws Throwable {
        Random random = new Random(position);
        try (KernelRing ring = new KernelRing(position)) {
            List<String> written = new ArrayList<>();
            List<String> read = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                String record = i + "-" + "x".repeat(random.nextInt(400));
                while (ring.free() < record.length() + 16) {
                    read.addAll(read(ring.reader(), 1 + random.nextInt(5)));
                }
                ring.write(record.getBytes(US_ASCII), 0);
                written.add(record);
            }
            read.addAll(read(ring.reader(), ALL));

            assertThat(read).isEqualTo(written);
        }
    }

    /** The consumer's page can be mapped; the data needs more addresses than a process has. */
    @Test
    void mappingThatFailsHalfWay_leavesNothingMapped() throws IOException {
        long before = kernel.mappings();
        try (Arena arena = Arena.ofConfined();
                ClosingStack acquired = new ClosingStack()) {
            assertThatThrownBy(() -> kernel.map(acquired, new Libc(arena), 1L << 47))
                    .isInstanceOf(BpfException.OutOfMemory.class)
                    .hasMessageStartingWith("map the ring buffer's data")
                    .hasMessageContaining("raise the memory limit");
            assertThat(kernel.mappings()).isEqualTo(before + 1);
        }

        assertThat(kernel.mappings()).isEqualTo(before);
    }

    private void write(String record) {
        kernel.write(record.getBytes(US_ASCII), 0);
    }

    private List<String> read(int max) {
        return read(kernel.reader(), max);
    }

    private static List<String> read(RingBuffer ring, int max) {
        List<String> records = new ArrayList<>();
        int count = ring.read(
                max,
                (memory, offset, size) ->
                        records.add(new String(memory.asSlice(offset, size).toArray(ValueLayout.JAVA_BYTE), US_ASCII)));
        assertThat(count).isEqualTo(records.size());
        return records;
    }
}
