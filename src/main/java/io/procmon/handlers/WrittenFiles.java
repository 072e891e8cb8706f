package io.procmon.handlers;

import io.procmon.homework.HomeworkLocation;
import io.procmon.process.ContainerPath;
import io.procmon.process.Student;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files that builds wrote to places where nothing says whose they are. What a build of a homework wrote belongs to that
 * homework, in any directory: {@code gcc hw1/main.c -o /tmp/main}. What an ignored build wrote is ignored, in the homework
 * too. Not thread-safe.
 */
public final class WrittenFiles {

    /** Outputs of one node's students; the file that was idle longest is forgotten first. */
    private static final int FILES_MAX = 8192;

    /** PATH_MAX, include/uapi/linux/limits.h: no file can be opened by a longer name. */
    private static final int PATH_MAX = 4096;

    private static final ContainerPath DEVICES = ContainerPath.of("/dev");

    private record File(Student student, ContainerPath path) {}

    private final Map<File, HomeworkLocation> files = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<File, HomeworkLocation> eldest) {
            return size() > FILES_MAX;
        }
    };

    /**
     * A build begins.
     *
     * @param location where it belongs. What is written anew belongs there from now on
     */
    void written(Student student, List<ContainerPath> outputs, HomeworkLocation location) {
        for (ContainerPath path : outputs) {
            File file = new File(student, path);
            files.remove(file);
            if (isKept(location) && path.value().length() < PATH_MAX && !path.isWithin(DEVICES)) {
                files.put(file, location);
            }
        }
    }

    private static boolean isKept(HomeworkLocation location) {
        return switch (location) {
            case HomeworkLocation.Inside _, HomeworkLocation.Ignored _ -> true;
            case HomeworkLocation.Outside _, HomeworkLocation.Ambiguous _ -> false;
        };
    }

    /** Where the build that wrote a file belongs; empty if none is known, or if it belongs to no homework. */
    Optional<HomeworkLocation> locate(Student student, ContainerPath path) {
        return files.isEmpty() ? Optional.empty() : Optional.ofNullable(files.get(new File(student, path)));
    }
}
