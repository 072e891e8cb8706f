package io.procmon.parser;

import io.procmon.process.ContainerPath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a compiler was asked to work, as given and no further interpreted: what a teacher would look for in the command
 * line.
 *
 * @param step how far it goes; empty if the compiler has no such steps
 * @param standard the language's version, such as {@code c11}
 * @param warnings the flags that ask for warnings or silence them, in order: {@code -Wall}, {@code -Wno-unused}
 * @param optimization the last flag that sets the level: {@code -O2}
 * @param libraries what is linked by name, in order: {@code m} of {@code -lm}
 * @param libraryDirectories where such libraries are searched first, in order: {@code -L}
 * @param unreadArgumentFiles files of further arguments ({@code @file}) that could not be read: what they ask for is
 *     unknown
 */
public record CompilerSettings(
        Optional<Step> step,
        Optional<String> standard,
        List<String> warnings,
        Optional<String> optimization,
        List<String> libraries,
        List<ContainerPath> libraryDirectories,
        List<String> unreadArgumentFiles) {

    /** A student's program has a few libraries in a few directories. */
    private static final int LIBRARIES_MAX = 32;

    /** Of a compiler that was asked for nothing in particular. */
    public static final CompilerSettings NONE = new CompilerSettings(
            Optional.empty(), Optional.empty(), List.of(), Optional.empty(), List.of(), List.of(), List.of());

    /** The same without the lists that a command line can make long. */
    CompilerSettings clipped() {
        return new CompilerSettings(step, standard, List.of(), optimization, List.of(), List.of(), List.of());
    }

    /** The same, but for files of arguments that could not be read. */
    CompilerSettings withUnread(List<String> argumentFiles) {
        return new CompilerSettings(
                step, standard, warnings, optimization, libraries, libraryDirectories, argumentFiles);
    }

    /** The same with the directories that its paths lead to. */
    CompilerSettings resolved(ProcessFiles files) {
        return new CompilerSettings(
                step,
                standard,
                warnings,
                optimization,
                libraries,
                libraryDirectories.stream().map(files::resolve).toList(),
                unreadArgumentFiles);
    }

    /**
     * For each library, the files that the linker looks for, in its order: of each directory the shared library before the
     * archive, or the very name after a colon ({@code -l:libf.a}). See ld(1), {@code -l}.
     */
    public Stream<Stream<ContainerPath>> libraryFiles() {
        return libraries.stream()
                .limit(LIBRARIES_MAX)
                .map(library -> libraryDirectories.stream()
                        .limit(LIBRARIES_MAX)
                        .flatMap(directory -> fileNames(library).map(directory::resolve)));
    }

    private static Stream<String> fileNames(String library) {
        return library.startsWith(":")
                ? Stream.of(library.substring(1))
                : Stream.of("lib" + library + ".so", "lib" + library + ".a");
    }

    /** The last thing that a compiler driver does, in the order in which it does them. */
    public enum Step {
        /** Stops behind the preprocessor: {@code -E}, {@code -M}. */
        PREPROCESS,
        /** Looks for errors and writes nothing: {@code -fsyntax-only}. */
        CHECK,
        /** Stops at assembly code: {@code -S}. */
        COMPILE,
        /** Stops at object files: {@code -c}. */
        ASSEMBLE,
        /** Makes a program or a library. */
        LINK
    }
}
