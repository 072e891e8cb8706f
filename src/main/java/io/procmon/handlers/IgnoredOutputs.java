package io.procmon.handlers;

import io.procmon.process.ContainerPath;
import io.procmon.process.Student;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What ignored builds write: the run of a tool's test program is as little the student's as its build. Not thread-safe. */
final class IgnoredOutputs {

    /** A configuration has a few hundred test programs, and most have the same name. */
    private static final int FILES_MAX = 4096;

    /** PATH_MAX, include/uapi/linux/limits.h: no file can be opened by a longer name. */
    private static final int PATH_MAX = 4096;

    private record Output(Student student, ContainerPath path) {}

    private final Map<Output, Boolean> files = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Output, Boolean> eldest) {
            return size() > FILES_MAX;
        }
    };

    /**
     * A build begins.
     *
     * @param ignored whether it is a tool's own. A build of the student takes the name of its output back
     */
    void built(Student student, List<ContainerPath> outputs, boolean ignored) {
        for (ContainerPath path : outputs) {
            Output output = new Output(student, path);
            if (!ignored) {
                files.remove(output);
            } else if (path.value().length() < PATH_MAX) {
                files.put(output, true);
            }
        }
    }

    boolean contain(Student student, ContainerPath path) {
        return !files.isEmpty() && files.containsKey(new Output(student, path));
    }
}
