package io.procmon.parser;

import io.procmon.process.ContainerPath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings on a compiler's command line that a teacher may ask about, as given.
 *
 * @param step the last step of the compiler; empty if it has no steps
 * @param standard the version of the language, such as {@code c11}
 * @param warnings the flags that switch warnings on or off, in order: {@code -Wall}, {@code -Wno-unused}
 * @param optimization the last flag that sets the level: {@code -O2}
 * @param libraries the libraries that are linked by name, in order: {@code m} of {@code -lm}
 * @param libraryDirectories the directories that are searched first for such libraries, in order: {@code -L}
 * @param unreadArgumentFiles argument files ({@code @file}) that could not be read, so that their options are unknown
 */
public record CompilerSettings(
        Optional<Step> step,
        Optional<String> standard,
        List<String> warnings,
        Optional<String> optimization,
        List<String> libraries,
        List<ContainerPath> libraryDirectories,
        List<String> unreadArgumentFiles) {

    /** The limits of libraries and of their directories. A student's program has a few of each. */
    private static final int LIBRARIES_MAX = 32;

    /** No settings. */
    public static final CompilerSettings NONE = new CompilerSettings(
            Optional.empty(), Optional.empty(), List.of(), Optional.empty(), List.of(), List.of(), List.of());

    /** The same without the lists that a command line can make long. */
    CompilerSettings clipped() {
        return new CompilerSettings(step, standard, List.of(), optimization, List.of(), List.of(), List.of());
    }

    /** The same of a compiler whose last step is known. */
    CompilerSettings endingAt(Step last) {
        return new CompilerSettings(
                Optional.of(last),
                standard,
                warnings,
                optimization,
                libraries,
                libraryDirectories,
                unreadArgumentFiles);
    }

    /** The same with argument files that could not be read. */
    CompilerSettings withUnread(List<String> argumentFiles) {
        return new CompilerSettings(
                step, standard, warnings, optimization, libraries, libraryDirectories, argumentFiles);
    }

    /** The same with resolved directories. */
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
     * For each library, the files that the linker searches for, in its order. In each directory, the shared library
     * comes before the archive; a colon precedes the exact name ({@code -l:libf.a}). See ld(1), {@code -l}.
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

    /** The last step of a compiler driver, in the order of the steps. */
    public enum Step {
        /** Stops after the preprocessor: {@code -E}, {@code -M}. */
        PREPROCESS,
        /** Checks for errors and writes nothing: {@code -fsyntax-only}. */
        CHECK,
        /** Stops at assembly code: {@code -S}. */
        COMPILE,
        /** Stops at object files: {@code -c}. */
        ASSEMBLE,
        /** Links a program or a library. */
        LINK
    }
}
