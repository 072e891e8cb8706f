package io.procmon.report;

import io.procmon.privacy.KeyedHash;
import io.procmon.process.Student;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Pseudonyms of students: HMAC-SHA-256 of the id under a key, as a whole number of 18 digits, because backends expect
 * whole numbers. Only the owner of the key can find a student, by computing the pseudonyms of all ids. A student has
 * the same pseudonym as long as the key is the same.
 */
final class Pseudonyms {

    /** The shortest permitted key, in bytes: half the length of the hash. */
    static final int SHORTEST_KEY = 16;

    private static final long SMALLEST = 100_000_000_000_000_000L;
    private static final long RANGE = 9 * SMALLEST;

    /** Replaces an id in a text, but not within a longer number. */
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
            throw new IllegalArgumentException("a key has at least %d bytes".formatted(SHORTEST_KEY));
        }
        hashes = new KeyedHash(key);
    }

    /** The student with the pseudonym as id. */
    Student of(Student student) {
        return new Student(
                student.course(),
                student.section(),
                known.computeIfAbsent(student.id(), this::pseudonym).name());
    }

    /** The text with the pseudonym instead of the student's id. */
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
