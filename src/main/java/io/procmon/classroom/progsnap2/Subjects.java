package io.procmon.classroom.progsnap2;

import io.procmon.privacy.KeyedHash;
import io.procmon.process.Student;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Pseudonyms for students: a keyed hash of the id. A student has the same pseudonym in all data sets with the same key.
 * It keeps the pseudonyms of one data set, because a data set needs each of them many times. Thread-safe.
 */
public final class Subjects {

    private static final int NAME_BYTES = 8;

    private final KeyedHash hashes;
    private final Map<String, String> names = new ConcurrentHashMap<>();

    /** @param hashes the keyed hash */
    public Subjects(KeyedHash hashes) {
        this.hashes = hashes;
    }

    /** Pseudonyms under a random key. Nobody can trace them back, or link them to those of another data set. */
    public static Subjects unlinkable() {
        return new Subjects(KeyedHash.unlinkable());
    }

    /** Replaces the id of an event or a build, so that it cannot be matched with events at a backend. */
    UUID of(UUID id) {
        ByteBuffer hash = ByteBuffer.wrap(hashes.of("event " + id));
        return new UUID(hash.getLong(), hash.getLong());
    }

    /** Replaces the student's id in a path, because files are often named after it. */
    String in(String path, Student student) {
        if (!path.contains(student.id())) {
            return path;
        }
        return path.replaceAll("(?<![0-9])" + Pattern.quote(student.id()) + "(?![0-9])", of(student));
    }

    /** The pseudonym of a student, such as {@code S3f2a9c0d11e85b64}. */
    public String of(Student student) {
        return names.computeIfAbsent(student.id(), id -> "S" + HexFormat.of().formatHex(hashes.of(id), 0, NAME_BYTES));
    }
}
