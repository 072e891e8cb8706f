package io.procmon.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmon.events.Report;
import io.procmon.process.Student;
import io.procmon.spool.RecordFormat.Unreadable;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RecordFormatTest {

    private static final Instant KEPT = Instant.parse("2026-03-02T10:00:00.123Z");

    /** A record in the format of version 1, which every later version must read. */
    private static final String VERSION_1 = "01" // the version
            + "4805f090" // the checksum
            + "0000019cadfd897b" // milliseconds since 1970
            + "90b2e3f63c563e368c64f89a24af76c8" // the event's id
            + "000372756e" // run
            + "0006505954484f4e" // PYTHON
            + "00026f73" // os
            + "000131" // 1
            + "000432303236" // 2026
            + "0003687731" // hw1
            + "0014323032362d30332d30325431303a30303a30305a" // 2026-03-02T10:00:00Z
            + "0000000a" // ten bytes of JSON
            + "7b2261223a22c3a9227d"; // A record in the format of version 2.

    /** A record in the format of version 2. */
    private static final String VERSION_2 = "02" // the version
            + "35b151cd" // the checksum
            + "0000019cadfd897b" // milliseconds since 1970
            + "90b2e3f63c563e368c64f89a24af76c8" // the event's id
            + "000372756e" // run
            + "0006505954484f4e" // PYTHON
            + "00026f73" // os
            + "000131" // 1
            + "000432303236" // 2026
            + "0003687731" // hw1
            + "0000000069a55f9e0000fa00" // 2026-03-02T09:59:58.000064Z
            + "0000000069a55fa000000000" // 2026-03-02T10:00:00Z
            + "0000000a" // ten bytes of JSON
            + "7b2261223a22c3a9227d"; // {"a":"é"}

    private static final Report REPORT = report(Optional.of(Instant.parse("2026-03-02T09:59:58.000064Z")));

    private static Report report(Optional<Instant> startedAt) {
        return new Report(
                UUID.fromString("90b2e3f6-3c56-3e36-8c64-f89a24af76c8"),
                "run",
                "PYTHON",
                new Student("os", "1", "2026"),
                "hw1",
                startedAt,
                Instant.parse("2026-03-02T10:00:00Z"),
                "{\"a\":\"é\"}");
    }

    @Test
    void whatIsWritten_isRead() throws Unreadable {
        byte[] record = RecordFormat.encode(REPORT, KEPT);

        assertThat(RecordFormat.decode(7, record)).isEqualTo(new Entry(7, record.length, KEPT, REPORT));
    }

    @Test
    void recordOfVersion1_isReadForEver() throws Unreadable {
        byte[] record = HexFormat.of().parseHex(VERSION_1);

        assertThat(RecordFormat.decode(0, record))
                .isEqualTo(new Entry(0, record.length, KEPT, report(Optional.empty())));
    }

    @Test
    void recordOfVersion2_isReadForEver() throws Unreadable {
        byte[] record = HexFormat.of().parseHex(VERSION_2);

        assertThat(RecordFormat.decode(0, record)).isEqualTo(new Entry(0, record.length, KEPT, REPORT));
    }

    @Test
    void reportOfUnknownBegin_isRead() throws Unreadable {
        Report report = report(Optional.empty());
        byte[] record = RecordFormat.encode(report, KEPT);

        assertThat(RecordFormat.decode(7, record).report()).isEqualTo(report);
    }

    @Test
    void recordOfLaterVersion_isNotGuessedAt() {
        byte[] record = RecordFormat.encode(REPORT, KEPT);
        record[0] = 9;

        assertThatThrownBy(() -> RecordFormat.decode(0, record))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("version 9");
    }

    @Property(tries = 200)
    void anyBitThatTurned_isNoticed(@ForAll @IntRange(min = 0, max = 1000) int bit) {
        byte[] record = RecordFormat.encode(REPORT, KEPT);
        int turned = bit % (record.length * 8);
        record[turned / 8] ^= (byte) (1 << (turned % 8));

        assertThatThrownBy(() -> RecordFormat.decode(0, record)).isInstanceOf(Unreadable.class);
    }

    @Property(tries = 50)
    void anyCut_isNoticed(@ForAll @IntRange(min = 0, max = 1000) int length) {
        byte[] record = RecordFormat.encode(REPORT, KEPT);
        byte[] cut = Arrays.copyOf(record, length % record.length);

        assertThatThrownBy(() -> RecordFormat.decode(0, cut)).isInstanceOf(Unreadable.class);
    }
}
