package io.procmon.events;

import java.util.List;
import java.util.stream.Stream;

/**
 * The arguments of an exec, verbatim and never joined.
 *
 * @param arguments with the program's name first. If there were more than a record holds, the first and the last of
 *     them, and between those one that stands for all that is missing: its head, {@link #CUT}, its tail
 * @param cut whether some are missing
 * @param size bytes of the whole argv, with a NUL behind each argument
 */
public record Argv(List<String> arguments, boolean cut, long size) {

    /** Stands for what is missing. */
    public static final String CUT = "…";

    /** Of those that are shortened: how many arguments stay at both ends, and how many characters of each. */
    private static final int ENDS = 16;

    private static final int LENGTH = 256;

    /** Its first and its last arguments, for where there is no room for all. */
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
