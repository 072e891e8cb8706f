package io.procmon.classroom.logbook;

import io.procmon.classroom.mirror.Choice;
import io.procmon.process.Student;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The choices of students, in memory and in a map of the logbook's file. If the file fails, they are written to the file
 * that replaces it, because no activity may be recorded against a student's will. A record has a version and two times
 * in nanoseconds since 1970. One thread changes them; any thread reads.
 */
final class Choices {

    private static final byte VERSION = 1;
    private static final int BYTES = 1 + 2 * Long.BYTES;
    private static final long NEVER = Long.MIN_VALUE;

    private final SideMap map;
    private final Map<Student, Choice> known = new ConcurrentHashMap<>();

    Choices(SideMap map) {
        this.map = map;
    }

    /** Reads the map after the logbook has opened a file, and writes the choices that the file does not have. */
    void use() {
        map.each("", (key, record) -> known.putIfAbsent(student(key), decode(record)));
        known.forEach((student, choice) -> {
            if (map.get(key(student)).isEmpty()) {
                map.put(key(student), encode(choice));
            }
        });
    }

    Choice of(Student student) {
        return known.getOrDefault(student, Choice.NONE);
    }

    Set<Student> optedOut() {
        return known.entrySet().stream()
                .filter(entry -> entry.getValue().optedOutAt().isPresent())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Replaces the choice of a student. */
    void put(Student student, Choice choice) {
        if (choice.equals(Choice.NONE)) {
            map.remove(key(student));
            known.remove(student);
        } else {
            map.put(key(student), encode(choice));
            known.put(student, choice);
        }
    }

    private static String key(Student student) {
        return AttemptKey.prefix(student);
    }

    private static Student student(String key) {
        return AttemptKey.student(key);
    }

    private static byte[] encode(Choice choice) {
        return ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .putLong(nanos(choice.optedOutAt()))
                .putLong(nanos(choice.deletedUntil()))
                .array();
    }

    /** Decodes a choice. If it is damaged, or a newer version has written it, the student counts as opted out. */
    private static Choice decode(byte[] record) {
        if (record.length != BYTES || record[0] != VERSION) {
            return Choice.NONE.withOptedOutAt(Optional.of(Instant.EPOCH));
        }
        ByteBuffer times = ByteBuffer.wrap(record, 1, BYTES - 1);
        return new Choice(time(times.getLong()), time(times.getLong()));
    }

    private static long nanos(Optional<Instant> time) {
        return time.map(it -> ChronoUnit.NANOS.between(Instant.EPOCH, it)).orElse(NEVER);
    }

    private static Optional<Instant> time(long nanos) {
        return nanos == NEVER ? Optional.empty() : Optional.of(Instant.EPOCH.plusNanos(nanos));
    }
}
