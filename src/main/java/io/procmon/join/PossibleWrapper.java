package io.procmon.join;

import io.procmon.events.ExecRecord;
import io.procmon.process.ContainerPath;
import java.util.List;

/**
 * An unknown program that may be a wrapper. It is one if its command line ends with the command line of the program
 * that it starts, as in {@code nocache ./main}.
 *
 * @param name the name for the event
 * @param filename the name that the program was executed by; an interpreter of this file is not a program that it
 * starts
 * @param argv the command line
 */
record PossibleWrapper(String name, String filename, List<String> argv) {

    /** The longest command line that is kept, in bytes. Command lines of wrappers are shorter. */
    private static final int ARGV_MAX = 2048;

    /** The image as a possible wrapper, if its command line can be kept. */
    static List<PossibleWrapper> of(ExecRecord exec, String name) {
        boolean kept = !exec.call().argv().cut()
                && exec.call().argv().size() <= ARGV_MAX
                && exec.call().argv().arguments().size() > 1;
        return kept
                ? List.of(new PossibleWrapper(
                        name, exec.call().filename(), exec.call().argv().arguments()))
                : List.of();
    }

    /**
     * Whether this command line ends with the command line of an image. The name of the program may have been resolved
     * to a path.
     */
    boolean starts(ExecRecord exec) {
        List<String> started = exec.call().argv().arguments();
        int from = argv.size() - started.size();
        return from > 0
                && !started.isEmpty()
                && !started.contains(filename)
                && fileName(argv.get(from)).equals(fileName(started.getFirst()))
                && argv.subList(from + 1, argv.size()).equals(started.subList(1, started.size()));
    }

    private static String fileName(String name) {
        return ContainerPath.of("/" + name).fileName();
    }
}
