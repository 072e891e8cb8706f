package io.procmon.homework;

/** Where a path lies, as far as homework goes. */
public sealed interface HomeworkLocation {

    /**
     * Below a homework directory.
     *
     * @param homework the directory's name, such as {@code hw1}
     */
    record Inside(String homework) implements HomeworkLocation {}

    /** Not below any homework directory of this student. */
    record Outside() implements HomeworkLocation {}

    /** A second homework directory stands deeper in the path, such as {@code hw1/hw2/a.c}. */
    record Ambiguous() implements HomeworkLocation {}
}
