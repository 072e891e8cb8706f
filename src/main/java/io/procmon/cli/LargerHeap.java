package io.procmon.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.procmon.ffi.ProcessImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Starts this process again with a larger heap. The service shares its node with the students' programs, so its heap is
 * small, and a data set of a million events does not fit into it. The process is replaced, so only one heap exists.
 */
final class LargerHeap {

    /** A million events with different ids and messages need 60 MB, and the collector as much again. */
    private static final long LEAST_MEGABYTES = 144;

    private static final String OPTION = "-Xmx";
    private static final String MAIN = "io.procmon.Main";

    /** The property that a native executable sets. */
    private static final String NATIVE = "org.graalvm.nativeimage.imagecode";

    private static final String EXECUTABLE = "/proc/self/exe";

    /** The arguments of this process. {@link ProcessHandle} reads only the first 4 KB of them. */
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private LargerHeap() {}

    /**
     * Starts this process again. The method returns if the heap is large enough or cannot be larger.
     *
     * @param bytes the size of the table
     */
    static void ensure(long bytes) throws IOException {
        Optional<List<String>> command = command(
                words(Files.readAllBytes(COMMAND_LINE)),
                System.getProperty(NATIVE) != null,
                megabytes(bytes),
                Runtime.getRuntime().maxMemory() >> 20);
        if (command.isPresent()) {
            ProcessImage.replace(EXECUTABLE, command.get());
        }
    }

    /**
     * The heap for a table. A table of a million events has about 180 MB, so a heap as large as the table is enough for
     * larger tables, too.
     *
     * @param bytes the size of the table
     */
    static long megabytes(long bytes) {
        return Math.max(LEAST_MEGABYTES, bytes >> 20);
    }

    /** The words of a command line, each of which ends with a zero byte. A character stands for a byte. */
    static List<String> words(byte[] commandLine) {
        List<String> words = new ArrayList<>();
        int begin = 0;
        for (int at = 0; at < commandLine.length; at++) {
            if (commandLine[at] == 0) {
                words.add(new String(commandLine, begin, at - begin, ISO_8859_1));
                begin = at + 1;
            }
        }
        return words;
    }

    /**
     * The command line with the option for the heap.
     *
     * @param words the command line of this process
     * @param isNative whether the executable is procmon itself, and not a JVM
     * @param needed the heap for the table, in MB
     * @param present the heap of this process, in MB; a JVM counts a tenth less than its option says
     * @return empty if the command line has the option already, or another one for a heap that is large enough
     */
    static Optional<List<String>> command(List<String> words, boolean isNative, long needed, long present) {
        OptionalInt main = isNative
                ? OptionalInt.of(1)
                : IntStream.range(0, words.size())
                        .filter(at -> List.of("-jar", MAIN).contains(words.get(at)))
                        .findFirst();
        String option = OPTION + needed + 'm';
        boolean chosen = words.stream().anyMatch(it -> it.startsWith(OPTION));
        if (main.isEmpty() || words.contains(option) || (chosen && present >= needed - needed / 10)) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(words);
        command.add(main.getAsInt(), option);
        return Optional.of(command);
    }
}
