package io.procmon.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.procmon.diagnostics.Crash;
import io.procmon.diagnostics.Places;
import io.procmon.events.CrashDump;
import io.procmon.events.CrashDump.Code;
import io.procmon.events.CrashDump.Machine;
import io.procmon.events.FileId;
import io.procmon.process.ContainerPath;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** With any bytes in a program's file, its crash is read without an exception and has a limited size. */
class CrashReaderFuzzTest {

    private static final long BASE = 0x40_0000;
    private static final long STACK = 0x7fff_0000;

    @FuzzTest(maxDuration = "60s")
    void read(byte[] bytes) {
        long[] registers = new long[33];
        Arrays.fill(registers, STACK);
        Code code = new Code(
                BASE,
                BASE + bytes.length + 1,
                0,
                new FileId(1, Instant.EPOCH),
                bytes.length,
                Optional.of(ContainerPath.of("/w/hw1/main")));
        for (Machine machine : Machine.values()) {
            registers[machine.programCounter()] = BASE + bytes.length / 2;
            CrashDump dump =
                    new CrashDump(11, 1, 0, machine, registers, Arrays.copyOf(bytes, 512), List.of(), List.of(code));

            Crash crash = CrashReader.read(
                    dump,
                    _ -> Optional.of(new Bytes(bytes)),
                    new Places(ContainerPath.of("/w/hw1"), ContainerPath.of("/w/hw1")));

            assertThat(crash.frames()).hasSizeLessThanOrEqualTo(Crash.MOST);
        }
    }

    private static final class Bytes implements FileContents {

        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public Optional<byte[]> read(long offset, int length) {
            return offset + length > bytes.length
                    ? Optional.empty()
                    : Optional.of(Arrays.copyOfRange(bytes, (int) offset, (int) offset + length));
        }
    }
}
