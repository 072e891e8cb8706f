package io.procmon.homework;

/** The position of a path relative to the homework directories. */
public sealed interface HomeworkLocation {

    /**
     * Below a homework directory.
     *
     * @param homework the directory's name, such as {@code hw1}
     */
    record Inside(String homework) implements HomeworkLocation {}

    /**
     * Below a homework directory, but in a directory or file of a tool: {@code hw1/build/CMakeFiles},
     * {@code hw1/conftest.c}.
     */
    record Ignored() implements HomeworkLocation {}

    /** Not below any homework directory of this student. */
    record Outside() implements HomeworkLocation {}

    /** Below two homework directories, such as {@code hw1/hw2/a.c}. */
    record Ambiguous() implements HomeworkLocation {}
}
