package io.procmon.events;

import java.util.List;
import java.util.stream.Stream;

/**
 * The arguments of an exec, verbatim and never joined.
 *
 * @param arguments the arguments; the first is the program's name. If the record had no room for all, the list has the
 *     first and the last arguments. One argument between them stands for the missing part: the head of the cut text,
 *     {@link #CUT}, and its tail
 * @param cut whether arguments are missing
 * @param size the size of the whole argv in bytes, with a NUL after each argument
 */
public record Argv(List<String> arguments, boolean cut, long size) {

    /** The text that replaces the missing part. */
    public static final String CUT = "…";

    /** A shortened argv keeps this many arguments at each end. */
    private static final int ENDS = 4;

    private static final int LENGTH = 64;

    /** The first and the last arguments, for records whose size is limited. */
    public Argv shortened() {
        int left = Math.min(ENDS, arguments.size());
        int right = Math.min(ENDS, arguments.size() - left);
        Stream<String> head = arguments.subList(0, left).stream();
        Stream<String> tail = arguments.subList(arguments.size() - right, arguments.size()).stream();
        return new Argv(
                Stream.of(head.map(Argv::clipped), Stream.of(CUT), tail.map(Argv::clipped))
                        .flatMap(part -> part)
                        .toList(),
                true,
                size);
    }

    private static String clipped(String argument) {
        return argument.length() <= LENGTH ? argument : argument.substring(0, LENGTH) + CUT;
    }
}
