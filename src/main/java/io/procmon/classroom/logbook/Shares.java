package io.procmon.classroom.logbook;

import io.procmon.process.Student;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * The share of each student in the logbook, in places. An attempt takes one place for each {@value #PLACE_BYTES} bytes
 * of its key and its record. So a limit on places is a limit on bytes. One thread changes the shares; any thread may
 * call {@link #prefixes}.
 */
final class Shares {

    /** The size of a place, in bytes. An attempt with usual file names is smaller. */
    static final int PLACE_BYTES = 512;

    /** The limit of the index, in bytes. The works of a semester of 500 students take 4 MB. */
    private static final int INDEX_BYTES = 6 << 20;

    private static final int WORK_BYTES = 400;

    /** The divisor for the part of the index that is removed when it is too large: a twentieth. */
    private static final int PART_REMOVED = 20;

    /** The divisor for the newest works, which are not removed: a quarter. */
    private static final int PART_NEWEST = 4;

    /** The share of a work. The time parts of its keys sort by time. */
    private static final class WorkShare {
        private final String prefix;
        private final StudentShare student;
        private String oldest;
        private String newest;
        private long places;
        private int attempts;

        WorkShare(String prefix, StudentShare student, String moment) {
            this.prefix = prefix;
            this.student = student;
            this.oldest = moment;
            this.newest = moment;
        }
    }

    /** The share of a student. */
    private static final class StudentShare {
        private final String key;
        private final TreeSet<WorkShare> oldestFirst = new TreeSet<>(
                Comparator.comparing((WorkShare work) -> work.oldest).thenComparing(work -> work.prefix));
        private long places;

        StudentShare(String key) {
            this.key = key;
        }
    }

    private final int indexBytesMax;
    private final ConcurrentSkipListMap<String, WorkShare> works = new ConcurrentSkipListMap<>();
    private final Map<String, StudentShare> students = new HashMap<>();
    private final TreeSet<StudentShare> largestLast = new TreeSet<>(
            Comparator.comparingLong((StudentShare student) -> student.places).thenComparing(student -> student.key));
    private long places;
    private long indexBytes;

    Shares() {
        this(INDEX_BYTES);
    }

    Shares(int indexBytesMax) {
        this.indexBytesMax = indexBytesMax;
    }

    /** The number of places of an attempt. */
    static int places(String key, byte[] record) {
        return 1 + (key.length() + record.length) / PLACE_BYTES;
    }

    void clear() {
        works.clear();
        students.clear();
        largestLast.clear();
        places = 0;
        indexBytes = 0;
    }

    /** The places of all attempts. */
    long places() {
        return places;
    }

    /** The places of a work's attempts. */
    long places(String prefix) {
        WorkShare work = works.get(prefix);
        return work == null ? 0 : work.places;
    }

    /** The number of a work's attempts. */
    int attempts(String prefix) {
        WorkShare work = works.get(prefix);
        return work == null ? 0 : work.attempts;
    }

    /** The prefixes of all works with attempts, sorted. */
    Stream<String> prefixes() {
        return works.keySet().stream();
    }

    /** The same of the works whose prefix begins with these characters. */
    Stream<String> prefixes(String begin) {
        return works.subMap(begin, AttemptKey.end(begin)).keySet().stream();
    }

    /**
     * Adds attempts of a work.
     *
     * @param oldest the time part of the first key
     * @param newest the time part of the last key
     */
    void add(String prefix, String oldest, String newest, int count, long taken) {
        WorkShare work = works.get(prefix);
        if (work == null) {
            StudentShare student = students.computeIfAbsent(studentOf(prefix), StudentShare::new);
            work = new WorkShare(prefix, student, oldest);
            works.put(prefix, work);
            student.oldestFirst.add(work);
            indexBytes += bytes(prefix);
        }
        if (oldest.compareTo(work.oldest) < 0) {
            move(work, oldest);
        }
        if (newest.compareTo(work.newest) > 0) {
            work.newest = newest;
        }
        work.attempts += count;
        resize(work, taken);
    }

    /**
     * Removes an attempt of a work.
     *
     * @param oldest the time part of the first remaining key; empty if none remains
     */
    void remove(String prefix, Optional<String> oldest, int taken) {
        WorkShare work = works.get(prefix);
        work.attempts--;
        resize(work, -taken);
        if (oldest.isPresent()) {
            move(work, oldest.get());
            return;
        }
        works.remove(prefix);
        indexBytes -= bytes(prefix);
        work.student.oldestFirst.remove(work);
        if (work.student.oldestFirst.isEmpty()) {
            largestLast.remove(work.student);
            students.remove(work.student.key);
        }
    }

    /** The key of the oldest attempt of the student with the largest share. */
    String oldestOfLargest() {
        WorkShare work = largestLast.last().oldestFirst.first();
        return work.prefix + work.oldest;
    }

    private void move(WorkShare work, String oldest) {
        work.student.oldestFirst.remove(work);
        work.oldest = oldest;
        work.student.oldestFirst.add(work);
    }

    private void resize(WorkShare work, long change) {
        StudentShare student = work.student;
        largestLast.remove(student);
        work.places += change;
        student.places += change;
        places += change;
        largestLast.add(student);
    }

    /** Whether the index of the works exceeds its limit. */
    boolean hasTooManyWorks() {
        return indexBytes > indexBytesMax;
    }

    /**
     * The works to remove when there are too many. The works of the students with the most works come first. Among
     * those, works with the fewest attempts come first, then the oldest. The reason: a student who changes the hostname
     * for each run makes many works of one attempt each. The newest quarter stays, because a student who has just begun
     * has few attempts, too.
     */
    List<String> worksTooMany() {
        List<WorkShare> oldestFirst = new ArrayList<>(works.values());
        oldestFirst.sort(Comparator.comparing(work -> work.newest));
        Map<String, Integer> later = new HashMap<>();
        Map<String, Integer> ranks = new HashMap<>();
        for (WorkShare work : oldestFirst.reversed()) {
            ranks.put(work.prefix, later.merge(work.student.key, 1, Integer::sum));
        }
        return oldestFirst.stream()
                .limit(oldestFirst.size() - oldestFirst.size() / PART_NEWEST)
                .sorted(Comparator.comparingInt((WorkShare work) -> -ranks.get(work.prefix))
                        .thenComparingInt(work -> work.attempts)
                        .thenComparing(work -> work.newest))
                .limit(1 + oldestFirst.size() / PART_REMOVED)
                .map(work -> work.prefix)
                .toList();
    }

    private static int bytes(String prefix) {
        return WORK_BYTES + 2 * prefix.length();
    }

    private static String studentOf(String prefix) {
        Student student = AttemptKey.work(prefix).student();
        return String.join("\0", student.course(), student.section(), student.id());
    }
}
