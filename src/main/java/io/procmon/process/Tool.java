package io.procmon.process;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A program that procmon understands: a compiler driver or an interpreter.
 *
 * @param name as in the configuration, such as {@code gcc}
 * @param kind what running it means
 * @param type as the backend knows it, such as {@code GCC}
 * @param language what it reads, such as {@code python}: the backend's {@code process_type} of a run
 * @param executable matches the whole resolved path, such as {@code /usr/bin/x86_64-linux-gnu-gcc-13}
 * @param invokedAs matches the file name in {@code argv[0]}, where one file is several programs ({@code clang} and
 *     {@code clang++}); empty if every name will do
 * @param parser the {@code CommandParser} that reads its command line
 */
public record Tool(
        String name,
        Kind kind,
        String type,
        String language,
        Pattern executable,
        Optional<Pattern> invokedAs,
        String parser) {

    /** What a tool does with its input. */
    public enum Kind {
        /** Its activity is a build. */
        COMPILER,
        /** Its activity is a run of the script that it interprets. */
        INTERPRETER
    }

    boolean matches(ContainerPath path, String invocation) {
        return executable.matcher(path.value()).matches()
                && invokedAs
                        .map(pattern -> pattern.matcher(invocation).matches())
                        .orElse(true);
    }
}
