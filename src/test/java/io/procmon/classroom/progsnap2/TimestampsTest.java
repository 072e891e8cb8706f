package io.procmon.classroom.progsnap2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T09:15:00Z,             2026-03-02T09:15:00Z",
        "2026-03-02T09:15:00.25Z,          2026-03-02T09:15:00.250Z",
        "2026-03-02T09:15:00.250001+0900,  2026-03-02T00:15:00.250001Z",
        "2026-03-02T09:15:00-03:30,        2026-03-02T12:45:00Z",
        "2026-03-02T09:15:00+09,           2026-03-02T00:15:00Z",
        "2026-03-02T09:15:00.123456789Z,   2026-03-02T09:15:00.123456Z",
        "2026-03-02T09:15:00,              2026-03-02T09:15:00Z",
        "2026-03-02 09:15:00.5,            2026-03-02T09:15:00.500Z",
        "1969-12-31T23:59:59.999999Z,      1969-12-31T23:59:59.999999Z"
    })
    void timestamp_isRead(String text, Instant instant) {
        assertThat(Timestamps.instant(Timestamps.micros(text))).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2026-03-02",
                "2026-02-30T09:15:00Z",
                "2026-03-02T24:15:00Z",
                "2026-03-02T09:15:00+1",
                "2026-03-02T09:15:00+99",
                "1772442900"
            })
    void otherText_isNoTimestamp(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> Timestamps.micros(text));
    }
}
