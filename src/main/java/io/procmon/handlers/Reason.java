package io.procmon.handlers;

/**
 * The reason why a handler stopped an item. It is the label of the metric and the value in the log.
 *
 * @param label lower case with underscores; the number of labels must be small, because each makes a time series
 */
public record Reason(String label) {

    /** Neither a known tool nor a student's own binary. */
    public static final Reason NOT_AN_ACTIVITY = new Reason("not_an_activity");
    /** The hostname has the prefix but does not contain a student. */
    public static final Reason HOSTNAME_MALFORMED = new Reason("hostname_malformed");
    /** The process ran before procmon watched, and the configuration excludes such processes. */
    public static final Reason RAN_BEFORE = new Reason("ran_before");
    /** The tool only printed information about itself. */
    public static final Reason INFORMATION = new Reason("information");
    /** The command line names no file. */
    public static final Reason NO_INPUT = new Reason("no_input");
    /** A part of a compiler driver that the driver itself called. */
    public static final Reason INTERNAL = new Reason("internal");
    /** The program is on the command line or comes from standard input, not from a file. */
    public static final Reason INLINE = new Reason("inline");
    /** The tool itself rejects the command line. */
    public static final Reason REFUSED = new Reason("refused");
    /** The program that it starts is the activity. */
    public static final Reason STARTS_ANOTHER = new Reason("starts_another");
    /** Another compiler, or a wrapper such as ccache, called this compiler. The caller counts. */
    public static final Reason PART_OF_BUILD = new Reason("part_of_build");
    /** A run started it for itself: a worker process, or the restart of a server that reloads its code. */
    public static final Reason PART_OF_RUN = new Reason("part_of_run");
    /** The file is in no homework directory. */
    public static final Reason OUTSIDE_HOMEWORK = new Reason("outside_homework");
    /**
     * The file is in a homework directory, but belongs to a tool, such as the programs by which CMake and autoconf test
     * a compiler.
     */
    public static final Reason IGNORED_PATH = new Reason("ignored_path");
    /**
     * The path contains two homework directories, or the files of a build are in two and neither the working directory
     * nor the output decides.
     */
    public static final Reason AMBIGUOUS_HOMEWORK = new Reason("ambiguous_homework");
    /** The process became another program by exec, so the activity ended without an exit. */
    public static final Reason REPLACED = new Reason("replaced");
    /** The kernel program could not report how it ended. */
    public static final Reason END_UNSEEN = new Reason("end_unseen");

    public Reason {
        if (!label.matches("[a-z][a-z_]{0,39}")) {
            throw new IllegalArgumentException(
                    "a reason is a lower-case word with underscores, not '%s'".formatted(label));
        }
    }

    @Override
    public String toString() {
        return label;
    }
}
