package io.procmon.bpf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTypesTest {

    private static final String NAME = "ksys_write";

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 9, 10, 11, 12, 13, 100})
    void nameAcrossTwoParts_isFound(int before) throws IOException {
        String text = "\1".repeat(2 * KernelTypes.PART_SIZE - before) + "\0" + NAME + "\0" + "\1".repeat(100);

        assertThat(missing(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ksys_write_more, ksys_write", "my_ksys_write, ksys_write", "do_writev, ksys_write"})
    void otherName_isNotTheName(String other, String missing) throws IOException {
        assertThat(missing("\0" + other + "\0")).containsExactly(missing);
    }

    private static List<String> missing(String text) throws IOException {
        return KernelTypes.missing(new ByteArrayInputStream(text.getBytes(ISO_8859_1)), List.of(NAME));
    }
}
