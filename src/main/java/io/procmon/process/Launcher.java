package io.procmon.process;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program that starts other programs for a student, and is not an activity itself.
 *
 * @param kind the relation to the programs that it starts
 * @param name the name in events, such as {@code valgrind}; empty if it is the file name
 * @param executable matches the whole path, such as {@code /usr/bin/timeout}
 * @param standIn the program that it starts if its arguments name none; empty if it then starts none
 * @param optionsWithValue its options whose value is the next argument
 * @param asks its options that print information about a program instead of starting it
 */
public record Launcher(
        Kind kind,
        Optional<String> name,
        Pattern executable,
        Optional<String> standIn,
        Set<String> optionsWithValue,
        Set<String> asks) {

    /** The relation of a launcher to the programs that it starts. */
    public enum Kind {
        /** It calls the compiler that its arguments name: several times, or never if the result is cached. */
        COMPILER_WRAPPER,
        /** The same, but a server calls the compiler, and the launcher waits for the server. */
        COMPILER_CLIENT,
        /** It starts the program that its arguments name, or becomes it. procmon sees the exec. */
        RUN_WRAPPER,
        /** It loads the program that its arguments name into its own process, without an exec. */
        LOADER,
        /**
         * It prints information about the program that its arguments name. If it starts the program, that is not a run.
         */
        INSPECTOR,
        /** It calls compilers for the many files of one build. */
        BUILD_TOOL,
        /** It starts the programs of a script or of a prompt. */
        SHELL
    }

    /** The name in events. */
    public String nameOf(ContainerPath path) {
        return name.orElseGet(path::fileName);
    }

    /**
     * The command line of the program that a command line of this launcher names; empty if it names none.
     *
     * @param argv the command line; the first argument is the name that the launcher was called by. A compiler wrapper
     * that is called by a compiler's name represents that compiler
     */
    public Optional<List<String>> program(List<String> argv) {
        if (argv.isEmpty()) {
            return Optional.empty();
        }
        if (callsCompilers()
                && !executable.matcher("/" + fileName(argv.getFirst())).matches()) {
            return Optional.of(argv);
        }
        if (standIn.isPresent() && argv.size() > 1 && argv.get(1).startsWith("-")) {
            return Optional.of(
                    Stream.concat(standIn.stream(), argv.stream().skip(1)).toList());
        }
        int first = firstOperand(argv);
        return first < argv.size() && argv.subList(1, first).stream().noneMatch(asks::contains)
                ? Optional.of(argv.subList(first, argv.size()))
                : Optional.empty();
    }

    /** Whether it only starts compilers, itself or through a server. */
    public boolean callsCompilers() {
        return kind == Kind.COMPILER_WRAPPER || kind == Kind.COMPILER_CLIENT;
    }

    /** Whether it can start a program of this kind. A compiler wrapper starts compilers only. */
    public boolean mayHold(ProcessType type) {
        return !callsCompilers() || (type instanceof ProcessType.Known(var tool) && tool.kind() == Tool.Kind.COMPILER);
    }

    /** Whether it is a shell at a prompt: its arguments name neither a script nor a command. */
    public boolean isPrompt(List<String> argv) {
        return kind == Kind.SHELL
                && firstOperand(argv) >= argv.size()
                && argv.stream().noneMatch(Launcher::isCommand);
    }

    /**
     * Whether a shell becomes the program that it starts: {@code sh -c "exec ./main"}. Debuggers start programs in this
     * way: "Starting your Program" in the manual of GDB.
     */
    public boolean isReplaced(List<String> argv) {
        int command = firstOperand(argv);
        return kind == Kind.SHELL
                && command < argv.size()
                && argv.subList(0, command).stream().anyMatch(Launcher::isCommand)
                && argv.get(command).startsWith("exec ");
    }

    private int firstOperand(List<String> argv) {
        int at = 1;
        while (at < argv.size()) {
            String argument = argv.get(at);
            if (optionsWithValue.contains(argument)) {
                at += 2;
            } else if (argument.startsWith("-") || (callsCompilers() && isSetting(argument))) {
                at++;
            } else {
                break;
            }
        }
        return at;
    }

    /** Whether an argument is a shell's -c, also in a group of letters. */
    private static boolean isCommand(String argument) {
        return argument.startsWith("-") && !argument.startsWith("--") && argument.endsWith("c");
    }

    /**
     * Whether an argument is a setting of ccache, which precedes the compiler: {@code ccache debug=true gcc -c main.c}.
     */
    private static boolean isSetting(String argument) {
        return argument.indexOf('=') > 0 && argument.indexOf('/') < 0;
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
