package io.procmon.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.events.KernelRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingTest {

    /** The session of the artefact has the form in which a recording is written now. */
    @Test
    void recordedSession_isRead_andWrittenAsItIs() throws IOException {
        byte[] file;
        try (InputStream resource = RecordingTest.class.getResourceAsStream("/recorded-session.ndjson")) {
            file = resource.readAllBytes();
        }
        List<KernelRecord> records = Recording.read(new ByteArrayInputStream(file));

        StringWriter written = new StringWriter();
        for (KernelRecord record : records) {
            Recording.write(record, written);
        }

        assertThat(records).hasSize((int) new String(file, UTF_8).lines().count());
        assertThat(Recording.read(new ByteArrayInputStream(written.toString().getBytes(UTF_8))))
                .isEqualTo(records);
    }
}
