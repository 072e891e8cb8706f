package io.procmon.homework;

import io.procmon.process.ContainerPath;

/** Paths relative to a homework directory. */
public final class HomeworkPath {

    private HomeworkPath() {}

    /**
     * The path relative to the homework directory, such as {@code src/list.c}. For a file outside, only the name is
     * returned, because the directories could name the student.
     */
    public static String below(String homework, ContainerPath path) {
        return path.below(homework).orElseGet(path::fileName);
    }
}
