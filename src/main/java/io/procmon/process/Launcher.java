package io.procmon.process;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program that starts others for a student, and is nothing that a student did by itself.
 *
 * @param kind what that means for what it starts
 * @param name as events call it, such as {@code valgrind}; empty if its file name says it best
 * @param executable matches the whole path, such as {@code /usr/bin/timeout}
 * @param standIn the program that it starts if its arguments name none; empty if it starts none then
 * @param optionsWithValue its options whose value is the next argument
 * @param asks its options that make it tell about a program instead of starting it
 */
public record Launcher(
        Kind kind,
        Optional<String> name,
        Pattern executable,
        Optional<String> standIn,
        Set<String> optionsWithValue,
        Set<String> asks) {

    /** What starting something through it means. */
    public enum Kind {
        /** It calls the compiler that its arguments name, several times or, if it knows the answer, never. */
        COMPILER_WRAPPER,
        /** The same, but it has a server call the compiler, and waits for that. */
        COMPILER_CLIENT,
        /** It starts the program that its arguments name, or becomes it: an exec that is seen. */
        RUN_WRAPPER,
        /** It takes the program that its arguments name into its own process: there is no exec to be seen. */
        LOADER,
        /** It tells about the program that its arguments name, and starts it, if at all, in ways that only look like a run. */
        INSPECTOR,
        /** It calls compilers for the many files of one build. */
        BUILD_TOOL,
        /** It starts what a script, or somebody at its prompt, says. */
        SHELL
    }

    /** What events call it. */
    public String nameOf(ContainerPath path) {
        return name.orElseGet(path::fileName);
    }

    /**
     * The command line of the program that a command line of this launcher is about; empty if it is about none.
     *
     * @param argv with the name first that it was called by. A compiler wrapper that is called by a compiler's name
     *     stands for that compiler
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

    /** Whether it starts compilers and nothing else, itself or through a server. */
    public boolean callsCompilers() {
        return kind == Kind.COMPILER_WRAPPER || kind == Kind.COMPILER_CLIENT;
    }

    /** Whether a program of this kind can be what it starts: what a compiler wrapper starts are compilers. */
    public boolean mayHold(ProcessType type) {
        return !callsCompilers() || (type instanceof ProcessType.Known(var tool) && tool.kind() == Tool.Kind.COMPILER);
    }

    /** Whether somebody sits at its prompt, if it is a shell: its arguments name neither a script nor a command. */
    public boolean isPrompt(List<String> argv) {
        return kind == Kind.SHELL
                && firstOperand(argv) >= argv.size()
                && argv.stream().noneMatch(Launcher::isCommand);
    }

    /**
     * Whether a shell becomes the program that it starts: {@code sh -c "exec ./main"}. Debuggers start programs so: "Starting your
     * Program" in the manual of GDB.
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

    /** A shell's -c, also among other letters. */
    private static boolean isCommand(String argument) {
        return argument.startsWith("-") && !argument.startsWith("--") && argument.endsWith("c");
    }

    /** As ccache takes them before the compiler: {@code ccache debug=true gcc -c main.c}. */
    private static boolean isSetting(String argument) {
        return argument.indexOf('=') > 0 && argument.indexOf('/') < 0;
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
