package io.procmon.join;

import io.procmon.events.ExecRecord;
import io.procmon.process.ContainerPath;
import java.util.List;

/**
 * A program that nobody knows, and that may be a wrapper: if its command line ends with the command line of what it
 * starts, as that of {@code nocache ./main} does, then it is one.
 *
 * @param name as events call it
 * @param filename the name that it was executed by: an interpreter of it is no program that it starts
 * @param argv its command line
 */
record PossibleWrapper(String name, String filename, List<String> argv) {

    /** Command lines that are longer are not kept: no wrapper's line has that many bytes. */
    private static final int ARGV_MAX = 2048;

    /** What an image is, if its command line can be kept. */
    static List<PossibleWrapper> of(ExecRecord exec, String name) {
        boolean kept = !exec.call().argv().cut()
                && exec.call().argv().size() <= ARGV_MAX
                && exec.call().argv().arguments().size() > 1;
        return kept
                ? List.of(new PossibleWrapper(
                        name, exec.call().filename(), exec.call().argv().arguments()))
                : List.of();
    }

    /** Whether an image is what its command line ends with. The name of a program may have become a path. */
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
