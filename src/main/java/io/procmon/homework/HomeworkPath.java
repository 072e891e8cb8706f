package io.procmon.homework;

import io.procmon.process.ContainerPath;
import java.util.List;

/** Paths as seen from a homework directory. */
public final class HomeworkPath {

    private HomeworkPath() {}

    /**
     * A path as seen from the homework directory, such as {@code src/list.c}. Of a file that lies elsewhere only the name is
     * told: the rest could name the student.
     */
    public static String below(String homework, ContainerPath path) {
        List<String> names = path.components();
        int at = names.indexOf(homework);
        return at < 0 || at == names.size() - 1
                ? path.fileName()
                : String.join("/", names.subList(at + 1, names.size()));
    }
}
