package io.procmon.classroom.course;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;

/** Collects the mistakes in a file, each with its line. */
final class Problems {

    private final String file;
    private final List<String> lines = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    /** Adds a mistake, such as {@code os.yaml:12: due: ...}. */
    void add(Mark mark, String what) {
        lines.add("%s:%d: %s".formatted(file, mark.getLine() + 1, what));
    }

    void add(String what) {
        lines.add(file + ": " + what);
    }

    void throwIfAny() throws InvalidCourseFile {
        if (!lines.isEmpty()) {
            throw new InvalidCourseFile(String.join("; ", lines));
        }
    }
}
