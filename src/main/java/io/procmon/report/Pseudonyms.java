package io.procmon.report;

import io.procmon.privacy.KeyedHash;
import io.procmon.process.Student;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Other names for students: HMAC-SHA-256 of the id under a key, as a whole number of 18 digits, since backends want whole
 * numbers. Who has the key can tell whose it is, by trying; nobody else can. The same student has the same pseudonym as long
 * as the key is the same.
 */
final class Pseudonyms {

    /** The shortest key that is worth its name: half of the hash. */
    static final int SHORTEST_KEY = 16;

    private static final long SMALLEST = 100_000_000_000_000_000L;
    private static final long RANGE = 9 * SMALLEST;

    /** An id in a text: not as a part of a longer number. */
    private record Pseudonym(Pattern original, String name) {
        String in(String text) {
            return original.matcher(text).replaceAll(name);
        }
    }

    private final KeyedHash hashes;
    private final Map<String, Pseudonym> known = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException if the key is too short */
    Pseudonyms(byte[] key) {
        if (key.length < SHORTEST_KEY) {
            throw new IllegalArgumentException("a key has %d bytes at least".formatted(SHORTEST_KEY));
        }
        hashes = new KeyedHash(key);
    }

    /** The student under the pseudonym. */
    Student of(Student student) {
        return new Student(
                student.course(),
                student.section(),
                known.computeIfAbsent(student.id(), this::pseudonym).name());
    }

    /** A text about a student, with the pseudonym in the id's place. */
    String in(String text, Student student) {
        return known.computeIfAbsent(student.id(), this::pseudonym).in(text);
    }

    private Pseudonym pseudonym(String id) {
        long hash = ByteBuffer.wrap(hashes.of(id)).getLong();
        return new Pseudonym(
                Pattern.compile("(?<![0-9])" + Pattern.quote(id) + "(?![0-9])"),
                Long.toString(SMALLEST + Long.remainderUnsigned(hash, RANGE)));
    }
}
