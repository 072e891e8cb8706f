package io.procmon.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Runs the command line of this process again in a process with a larger heap. The service shares its node with the
 * students' programs, so its heap is small, and a data set of a million events does not fit into it.
 */
final class LargerHeap {

    /** A million events with different ids and messages need 60 MB, and the collector as much again. */
    static final String OPTION = "-Xmx144m";

    private static final String MAIN = "io.procmon.Main";

    /** The property that a native executable sets. */
    private static final String NATIVE = "org.graalvm.nativeimage.imagecode";

    private LargerHeap() {}

    /**
     * Runs the command line again, with the streams of this process.
     *
     * @return the exit status; empty if this process has the heap already, or if its command line is unknown
     */
    static OptionalInt run() throws IOException {
        ProcessHandle.Info info = ProcessHandle.current().info();
        Optional<List<String>> command = info.command()
                .flatMap(executable -> info.arguments()
                        .flatMap(arguments ->
                                command(executable, List.of(arguments), System.getProperty(NATIVE) != null)));
        if (command.isEmpty()) {
            return OptionalInt.empty();
        }
        Process child = new ProcessBuilder(command.get()).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(child::destroy, "child"));
        return OptionalInt.of(child.onExit().join().exitValue());
    }

    /**
     * The command line with the option for the heap.
     *
     * @param isNative whether the executable is procmon itself, and not a JVM
     */
    static Optional<List<String>> command(String executable, List<String> arguments, boolean isNative) {
        OptionalInt main = isNative
                ? OptionalInt.of(0)
                : IntStream.range(0, arguments.size())
                        .filter(at -> List.of("-jar", MAIN).contains(arguments.get(at)))
                        .findFirst();
        if (main.isEmpty() || arguments.contains(OPTION)) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(List.of(executable));
        command.addAll(arguments);
        command.add(1 + main.getAsInt(), OPTION);
        return Optional.of(command);
    }
}
