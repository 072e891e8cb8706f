package io.procmon.homework;

import io.procmon.process.ContainerPath;
import java.util.List;

/** Paths relative to a homework directory. */
public final class HomeworkPath {

    private HomeworkPath() {}

    /**
     * The path relative to the homework directory, such as {@code src/list.c}. For a file outside, only the name is
     * returned, because the directories could name the student.
     */
    public static String below(String homework, ContainerPath path) {
        List<String> names = path.components();
        int at = names.indexOf(homework);
        return at < 0 || at == names.size() - 1
                ? path.fileName()
                : String.join("/", names.subList(at + 1, names.size()));
    }
}
