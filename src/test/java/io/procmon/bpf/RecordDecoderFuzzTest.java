package io.procmon.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.procmon.events.ExecRecord;
import io.procmon.events.KernelRecord;
import io.procmon.events.Moment;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;
import java.util.Optional;

/** Any bytes in the ring decode to a record or to none, without an exception. */
class RecordDecoderFuzzTest {

    private static final int PAGE = 4096;

    private final RecordDecoder decoder =
            new RecordDecoder(nanos -> new Moment(nanos, Instant.EPOCH.plusNanos(nanos)), PAGE);

    @FuzzTest(maxDuration = "60s")
    void decode(byte[] bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(bytes.length + 8L, 8);
            MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);

            Optional<KernelRecord> record = decoder.decode(memory, 0, bytes.length);

            if (record.isPresent() && record.get() instanceof ExecRecord exec) {
                assertThat(exec.call().executable().path().value().length()).isLessThanOrEqualTo(bytes.length + 1);
                assertThat(exec.call().argv().arguments().size()).isLessThanOrEqualTo(bytes.length + 1);
            }
            assertThat(record.toString()).isNotEmpty();
        }
    }
}
