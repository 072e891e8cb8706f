package io.procmon.classroom.logbook;

import io.procmon.process.Student;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The revocations of mirror links, in memory and in a map of the logbook's file. If the file fails, they are written to
 * the file that replaces it, because no revoked link may open again. A record has a version and a time in milliseconds
 * since 1970. One thread changes them; any thread reads.
 */
final class Revocations {

    private static final byte VERSION = 1;
    private static final int BYTES = 1 + Long.BYTES;

    /** No link was made later. */
    private static final Instant ALL = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final SideMap map;
    private final Map<Student, Instant> known = new ConcurrentHashMap<>();

    Revocations(SideMap map) {
        this.map = map;
    }

    /** Reads the map after the logbook has opened a file, and writes the revocations that the file does not have. */
    void use() {
        map.each("", (key, record) -> known.merge(AttemptKey.student(key), decode(record), Revocations::later));
        known.forEach((student, until) -> {
            String key = AttemptKey.prefix(student);
            if (map.get(key).isEmpty()) {
                map.put(key, encode(until));
            }
        });
    }

    /** The time until which the links of a student are revoked; empty if none are. */
    Optional<Instant> of(Student student) {
        return Optional.ofNullable(known.get(student));
    }

    /** Revokes the links of a student that were made until a time. An earlier revocation stays in effect. */
    void add(Student student, Instant until) {
        Instant latest = known.merge(student, until, Revocations::later);
        map.put(AttemptKey.prefix(student), encode(latest));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static byte[] encode(Instant until) {
        return ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .putLong(until.toEpochMilli())
                .array();
    }

    /** Decodes a revocation. If it is damaged, or a newer version has written it, all links of the student are revoked. */
    private static Instant decode(byte[] record) {
        return record.length == BYTES && record[0] == VERSION
                ? Instant.ofEpochMilli(ByteBuffer.wrap(record).getLong(1))
                : ALL;
    }
}
