package io.procmon.classroom.measures;

/**
 * One error that a compiler reported. The measures only ask whether two texts are equal; an empty text is unknown and
 * equals nothing.
 *
 * @param type such as {@code cannot find symbol}
 * @param message the message as the student saw it
 * @param location the file and line, such as {@code main.c:12}
 */
public record CompilerError(String type, String message, String location) {}
