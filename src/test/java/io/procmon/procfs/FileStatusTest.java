package io.procmon.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FileStatusTest {

    @Property
    void anyAnswer_isAStatus(@ForAll long seconds, @ForAll int nanos, @ForAll long size, @ForAll short mode) {
        FileStatus status = status(seconds, nanos, size, mode);

        assertThat(status.size()).isNotNegative();
        assertThat(status.mode()).isBetween(0, 0xffff);
        assertThat(status.modifiedAt().plus(Duration.ofDays(1))).isAfter(status.modifiedAt());
    }

    @Test
    void time_isTheOneOfTheExecRecord() {
        long seconds = 1L << 40;
        long sentByTheKernelProgram = seconds * 1_000_000_000L + 7;

        assertThat(status(seconds, 7, 0, (short) 0).modifiedAt()).isEqualTo(EpochTime.of(sentByTheKernelProgram));
        assertThat(status(1_663_687_647, 1, 0, (short) 0).modifiedAt())
                .isEqualTo(Instant.ofEpochSecond(1_663_687_647, 1));
        assertThat(status(-2, 999_999_999, 0, (short) 0).modifiedAt())
                .isEqualTo(Instant.ofEpochSecond(-2, 999_999_999));
    }

    private static FileStatus status(long seconds, int nanos, long size, short mode) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment statx = arena.allocate(FileStatus.LAYOUT);
            statx.set(ValueLayout.JAVA_LONG, offset("stx_mtime.tv_sec"), seconds);
            statx.set(ValueLayout.JAVA_INT, offset("stx_mtime.tv_nsec"), nanos);
            statx.set(ValueLayout.JAVA_LONG, offset("stx_size"), size);
            statx.set(ValueLayout.JAVA_SHORT, offset("stx_mode"), mode);
            return FileStatus.of(statx);
        }
    }

    private static long offset(String member) {
        return FileStatus.LAYOUT.byteOffset(PathElement.groupElement(member));
    }
}
