package io.procmon.process;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A program that procmon understands: a compiler driver or an interpreter.
 *
 * @param name the name in the configuration, such as {@code gcc}
 * @param kind whether it compiles or interprets
 * @param type the type for the backend, such as {@code GCC}
 * @param language the language that it reads, such as {@code python}: the backend's {@code process_type} of a run
 * @param executable matches the whole resolved path, such as {@code /usr/bin/x86_64-linux-gnu-gcc-13}
 * @param invokedAs matches the file name in {@code argv[0]}, if one file is several programs ({@code clang} and {@code
 * clang++}); an option {@code --driver-mode=} replaces that name. Empty if any name matches
 * @param argument matches a whole argument, if an argument decides which program a file is ({@code java} with a
 * compiler's main class); the arguments after it are this tool's command line. Empty if no such argument is needed
 * @param parser the {@code CommandParser} that reads its command line
 * @param syntax the description of its command line
 */
public record Tool(
        String name,
        Kind kind,
        String type,
        String language,
        Pattern executable,
        Optional<Pattern> invokedAs,
        Optional<Pattern> argument,
        String parser,
        CommandSyntax syntax) {

    private static final String DRIVER_MODE = "--driver-mode=";

    /** Whether a tool compiles or interprets. */
    public enum Kind {
        /** Its activity is a build. */
        COMPILER,
        /** Its activity is a run of the script that it interprets. */
        INTERPRETER
    }

    /** The arguments of this tool itself: those after its name. */
    public List<String> argumentsOf(List<String> argv) {
        int name = nameIn(argv);
        return name < argv.size() ? argv.subList(name + 1, argv.size()) : List.of();
    }

    /** Whether the file at a path can be this tool. */
    boolean isAt(ContainerPath path) {
        return executable.matcher(path.value()).matches();
    }

    /** Whether a command line calls this tool, among the tools that the file can be. */
    boolean isCalledBy(List<String> argv) {
        return invokedAs
                        .map(pattern -> pattern.matcher(calledName(argv)).matches())
                        .orElse(true)
                && (argument.isEmpty() || nameIn(argv) < argv.size());
    }

    /** The position of its name in argv; the length of argv if the name is missing. */
    private int nameIn(List<String> argv) {
        if (argument.isEmpty()) {
            return 0;
        }
        int at = 1;
        while (at < argv.size() && !argument.get().matcher(argv.get(at)).matches()) {
            at++;
        }
        return at;
    }

    /**
     * The name that a command line calls: the last {@code --driver-mode=}, as in clang's {@code getDriverMode}; without
     * one, the file name.
     */
    private static String calledName(List<String> argv) {
        for (int i = argv.size() - 1; i > 0; i--) {
            if (argv.get(i).startsWith(DRIVER_MODE)) {
                return argv.get(i).substring(DRIVER_MODE.length());
            }
        }
        String name = argv.isEmpty() ? "" : argv.getFirst();
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
