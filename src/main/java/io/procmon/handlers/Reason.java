package io.procmon.handlers;

/**
 * Why the chain let something go: a metric's label, a log's word and a test's expectation.
 *
 * @param label lower case with underscores; one of few, since each makes a time series
 */
public record Reason(String label) {

    /** Neither a known tool nor a student's own binary. */
    public static final Reason NOT_AN_ACTIVITY = new Reason("not_an_activity");
    /** The hostname has the prefix, but names no student. */
    public static final Reason HOSTNAME_MALFORMED = new Reason("hostname_malformed");
    /** The process ran before procmon watched, and procmon is configured to report only what begins later. */
    public static final Reason RAN_BEFORE = new Reason("ran_before");
    /** The tool only told about itself. */
    public static final Reason INFORMATION = new Reason("information");
    /** The command line names no file. */
    public static final Reason NO_INPUT = new Reason("no_input");
    /** A part of a compiler driver that the driver itself called. */
    public static final Reason INTERNAL = new Reason("internal");
    /** The program stands on the command line or comes by standard input: there is no file. */
    public static final Reason INLINE = new Reason("inline");
    /** The tool itself refuses the command line. */
    public static final Reason REFUSED = new Reason("refused");
    /** What it starts is the activity. */
    public static final Reason STARTS_ANOTHER = new Reason("starts_another");
    /** A compiler that another compiler or a wrapper such as ccache called: that one counts. */
    public static final Reason PART_OF_BUILD = new Reason("part_of_build");
    /** What a run started for itself: a worker process, the next start of a server that reloads its code. */
    public static final Reason PART_OF_RUN = new Reason("part_of_run");
    /** The file lies in no homework directory. */
    public static final Reason OUTSIDE_HOMEWORK = new Reason("outside_homework");
    /** The file lies in a homework directory, but belongs to a tool: what CMake or autoconf try a compiler with. */
    public static final Reason IGNORED_PATH = new Reason("ignored_path");
    /** The path names two homework directories, or the files of a build lie in two and nothing decides between them. */
    public static final Reason AMBIGUOUS_HOMEWORK = new Reason("ambiguous_homework");
    /** The process became another program by exec: no end of its own. */
    public static final Reason REPLACED = new Reason("replaced");
    /** The kernel could not tell how it ended. */
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
