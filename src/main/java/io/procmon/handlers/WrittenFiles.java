package io.procmon.handlers;

import io.procmon.homework.HomeworkLocation;
import io.procmon.process.ContainerPath;
import io.procmon.process.Student;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Remembers the locations of files that builds wrote outside of any homework. A file that a build of a homework wrote
 * belongs to that homework, in any directory: {@code gcc hw1/main.c -o /tmp/main}. A file that an ignored build wrote is
 * ignored, even in a homework. Not thread-safe.
 *
 * <p>All students share one budget. When it is spent, the student with the most characters loses the file that was idle
 * longest.
 */
public final class WrittenFiles {

    /** The limit of characters in the paths of all students. A usual path has about 50. */
    private static final long CHARACTERS_MAX = 1 << 20;

    /** The memory of a file without its path, in characters. */
    private static final long OVERHEAD = 64;

    /** PATH_MAX of include/uapi/linux/limits.h: a longer path opens no file. */
    private static final int PATH_MAX = 4096;

    private static final ContainerPath DEVICES = ContainerPath.of("/dev");

    /** Files in memory: shm_overview(7). */
    private static final ContainerPath SHARED_MEMORY = ContainerPath.of("/dev/shm");

    /** The files of one student, the one that was idle longest first. */
    private static final class Files {

        private final SequencedMap<ContainerPath, HomeworkLocation> locations = new LinkedHashMap<>(16, 0.75f, true);
        private long characters;

        void put(ContainerPath path, HomeworkLocation location) {
            locations.put(path, location);
            characters += weight(path);
        }

        void remove(ContainerPath path) {
            if (locations.remove(path) != null) {
                characters -= weight(path);
            }
        }

        void forgetIdle() {
            characters -= weight(locations.pollFirstEntry().getKey());
        }

        private static long weight(ContainerPath path) {
            return OVERHEAD + path.value().length();
        }
    }

    private final Map<Student, Files> students = new HashMap<>();
    private final long charactersMax;
    private long characters;

    public WrittenFiles() {
        this(CHARACTERS_MAX);
    }

    /** @param charactersMax for the files of all students */
    WrittenFiles(long charactersMax) {
        this.charactersMax = charactersMax;
    }

    /**
     * A build begins.
     *
     * @param location the location of the build; its outputs belong there from now on
     */
    void written(Student student, List<ContainerPath> outputs, HomeworkLocation location) {
        Files files = students.computeIfAbsent(student, _ -> new Files());
        characters -= files.characters;
        for (ContainerPath path : outputs) {
            files.remove(path);
            if (isKept(location) && isKept(path)) {
                files.put(path, location);
            }
        }
        characters += files.characters;
        if (files.locations.isEmpty()) {
            students.remove(student);
        }
        while (characters > charactersMax) {
            forgetOfTheLargest();
        }
    }

    /** A tool copied, moved or linked a file. The copy belongs where the file belongs. */
    public void copied(Student student, ContainerPath from, ContainerPath to) {
        locate(student, from).ifPresent(location -> written(student, List.of(to), location));
    }

    private void forgetOfTheLargest() {
        Map.Entry<Student, Files> largest = Collections.max(
                students.entrySet(), Comparator.comparingLong(student -> student.getValue().characters));
        Files files = largest.getValue();
        characters -= files.characters;
        files.forgetIdle();
        characters += files.characters;
        if (files.locations.isEmpty()) {
            students.remove(largest.getKey());
        }
    }

    private static boolean isKept(ContainerPath path) {
        return path.value().length() < PATH_MAX && (!path.isWithin(DEVICES) || path.isWithin(SHARED_MEMORY));
    }

    private static boolean isKept(HomeworkLocation location) {
        return switch (location) {
            case HomeworkLocation.Inside _, HomeworkLocation.Ignored _ -> true;
            case HomeworkLocation.Outside _, HomeworkLocation.Ambiguous _ -> false;
        };
    }

    /** The location of the build that wrote a file; empty if no build is known, or if it belongs to no homework. */
    Optional<HomeworkLocation> locate(Student student, ContainerPath path) {
        return Optional.ofNullable(students.get(student)).map(files -> files.locations.get(path));
    }
}
