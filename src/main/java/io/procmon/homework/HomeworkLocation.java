package io.procmon.homework;

/** Where a path lies, as far as homework goes. */
public sealed interface HomeworkLocation {

    /**
     * Below a homework directory.
     *
     * @param homework the directory's name, such as {@code hw1}
     */
    record Inside(String homework) implements HomeworkLocation {}

    /**
     * Below a homework directory, but in a tool's own corner of it: {@code hw1/build/CMakeFiles}, {@code hw1/conftest.c}.
     */
    record Ignored() implements HomeworkLocation {}

    /** Not below any homework directory of this student. */
    record Outside() implements HomeworkLocation {}

    /** Another homework's name is deeper in the path, such as {@code hw1/hw2/a.c}. */
    record Ambiguous() implements HomeworkLocation {}
}
