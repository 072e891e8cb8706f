package io.procmon.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class WaitStatusTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/process/wait-statuses.csv", delimiter = '|', numLinesToSkip = 1)
    void statusWord_isReadAsWaitpidMeansIt(int word, int exitCode, Integer signal, boolean core, boolean success) {
        WaitStatus status = new WaitStatus(word);

        assertThat(status.exitCode()).isEqualTo(exitCode);
        assertThat(status.signal()).isEqualTo(signal == null ? OptionalInt.empty() : OptionalInt.of(signal));
        assertThat(status.coreDumped()).isEqualTo(core);
        assertThat(status.isSuccess()).isEqualTo(success);
    }

    @Property
    void signal_neverLooksLikeSuccess(@ForAll @IntRange(min = 1, max = 0x7e) int signal, @ForAll boolean core) {
        WaitStatus status = new WaitStatus(signal | (core ? 0x80 : 0));

        assertThat(status.exitCode()).isEqualTo(128 + signal);
        assertThat(status.isSuccess()).isFalse();
    }
}
