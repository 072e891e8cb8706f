package io.procmon.homework;

import io.procmon.process.ContainerPath;
import io.procmon.process.RawText;

/** Paths relative to a homework directory, for people: U+FFFD stands for bytes that are not UTF-8. */
public final class HomeworkPath {

    private HomeworkPath() {}

    /**
     * The path relative to the homework directory, such as {@code src/list.c}. For a file outside, only the name is
     * returned, because the directories could name the student.
     */
    public static String below(String homework, ContainerPath path) {
        return RawText.readable(path.below(homework).orElseGet(path::fileName));
    }
}
