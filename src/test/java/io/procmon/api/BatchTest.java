package io.procmon.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.report.JcodeDialect;
import io.procmon.spool.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class BatchTest {

    @Test
    void body_isAJsonArray_compressed() throws IOException {
        byte[] body = batch(0, 3).body(new JcodeDialect());

        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            assertThat(new String(gzip.readAllBytes(), UTF_8))
                    .isEqualTo("[{\"number\":0},{\"number\":1},{\"number\":2}]");
        }
    }

    @Test
    void key_isTheSameForTheSame_andAnotherForOthers() {
        assertThat(batch(0, 3).key())
                .isEqualTo(batch(0, 3).key())
                .isNotEqualTo(batch(0, 2).key());
    }

    private static Batch batch(int from, int to) {
        return new Batch(Letters.entries(from, to).stream().map(Entry::report).toList());
    }
}
