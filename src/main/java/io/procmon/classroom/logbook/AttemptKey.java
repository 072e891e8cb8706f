package io.procmon.classroom.logbook;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Work;
import io.procmon.process.Student;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * The key of an attempt, as text that sorts by course, section, homework, student, time and event id. The separator is
 * NUL. It sorts before all other characters, and neither a hostname nor a path can contain it.
 */
final class AttemptKey {

    /** Sorts after every key of the same work. */
    private static final char LAST = '\uffff';

    private static final char SEPARATOR = '\0';
    private static final int PARTS_OF_WORK = 4;

    private AttemptKey() {}

    /** The prefix of all keys of a work. */
    static String prefix(Work work) {
        Student student = work.student();
        return prefix(student.course())
                + student.section()
                + SEPARATOR
                + work.homework()
                + SEPARATOR
                + student.id()
                + SEPARATOR;
    }

    /** The prefix of all keys of a course. */
    static String prefix(String course) {
        return course + SEPARATOR;
    }

    /** The prefix of all keys that begin with a student, whatever the homework. */
    static String prefix(Student student) {
        return student.course() + SEPARATOR + student.section() + SEPARATOR + student.id() + SEPARATOR;
    }

    /** The student of a key that begins with {@link #prefix(Student)}. */
    static Student student(String key) {
        String[] parts = key.split(String.valueOf(SEPARATOR), PARTS_OF_WORK);
        return new Student(parts[0], parts[1], parts[2]);
    }

    /** The end of all keys with a prefix. */
    static String end(String prefix) {
        return prefix + LAST;
    }

    static String of(Work work, Attempt attempt) {
        long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, attempt.startedAt());
        return prefix(work) + HexFormat.of().toHexDigits(nanos) + SEPARATOR + attempt.id();
    }

    /** The prefix that all keys of the same work have. */
    static String prefixOf(String key) {
        int end = 0;
        for (int part = 0; part < PARTS_OF_WORK; part++) {
            end = key.indexOf(SEPARATOR, end) + 1;
            if (end == 0) {
                throw new IllegalStateException("a key in the logbook is none of an attempt");
            }
        }
        return key.substring(0, end);
    }

    /** The time and the event id. It sorts all attempts of the node. */
    static String momentOf(String key) {
        return key.substring(prefixOf(key).length());
    }

    static Instant startOf(String key) {
        String moment = momentOf(key);
        return Instant.ofEpochSecond(0, Long.parseLong(moment, 0, moment.indexOf(SEPARATOR), 16));
    }

    static Work work(String prefix) {
        String[] parts = prefix.split(String.valueOf(SEPARATOR), -1);
        return new Work(new Student(parts[0], parts[1], parts[3]), parts[2]);
    }
}
