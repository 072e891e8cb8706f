package io.procmon.classroom.logbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes in the file of the logbook decode to an attempt, or to none. */
class AttemptFormatFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void decode(byte[] bytes) {
        AttemptFormat.decode(bytes).ifPresent(attempt -> {
            byte[] written = AttemptFormat.encode(attempt);

            assertThat(AttemptFormat.decode(written)).contains(AttemptLimits.clip(attempt));
        });
    }
}
