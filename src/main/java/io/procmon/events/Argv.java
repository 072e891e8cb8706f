package io.procmon.events;

import java.util.List;

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
}
