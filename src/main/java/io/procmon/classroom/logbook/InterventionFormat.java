package io.procmon.classroom.logbook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.Work;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * The format of an intervention in the logbook. The key contains the time and the id, as for an attempt; the record
 * contains the teacher.
 */
final class InterventionFormat {

    private static final byte VERSION = 1;

    private InterventionFormat() {}

    static String key(Work work, Intervention intervention) {
        long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, intervention.at());
        return AttemptKey.prefix(work) + HexFormat.of().toHexDigits(nanos) + '\0' + intervention.id();
    }

    static byte[] encode(Intervention intervention) {
        byte[] teacher = intervention.teacher().getBytes(UTF_8);
        byte[] record = new byte[teacher.length + 1];
        record[0] = VERSION;
        System.arraycopy(teacher, 0, record, 1, teacher.length);
        return record;
    }

    /** Decodes an intervention; empty if the record is damaged, or if its version is newer than this code. */
    static Optional<Intervention> decode(String key, byte[] record) {
        if (record.length == 0 || record[0] != VERSION) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Intervention(
                    UUID.fromString(key.substring(key.lastIndexOf('\0') + 1)),
                    AttemptKey.startOf(key),
                    new String(Arrays.copyOfRange(record, 1, record.length), UTF_8)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
