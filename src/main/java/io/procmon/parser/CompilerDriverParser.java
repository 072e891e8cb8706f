package io.procmon.parser;

import io.procmon.process.ContainerPath;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The command lines of C and C++ compiler drivers: gcc, g++, clang, clang++ and those that imitate them. */
@ApplicationScoped
public class CompilerDriverParser implements CommandParser {

    /** Options whose value is the next argument. GCC manual, "Option Summary"; clang's Options.td. */
    private static final Set<String> TAKES_NEXT = Set.of(
            "-A",
            "-B",
            "-D",
            "-F",
            "-G",
            "-I",
            "-L",
            "-MF",
            "-MJ",
            "-MQ",
            "-MT",
            "-T",
            "-U",
            "-Xanalyzer",
            "-Xassembler",
            "-Xclang",
            "-Xlinker",
            "-Xpreprocessor",
            "-arch",
            "-aux-info",
            "-dumpbase",
            "-dumpbase-ext",
            "-dumpdir",
            "-e",
            "-framework",
            "-gcc-toolchain",
            "-idirafter",
            "-imacros",
            "-imultilib",
            "-include",
            "-iprefix",
            "-iquote",
            "-isysroot",
            "-isystem",
            "-iwithprefix",
            "-iwithprefixbefore",
            "-l",
            "-mllvm",
            "-target",
            "-u",
            "-wrapper",
            "-z",
            "--param",
            "--sysroot",
            "--target",
            "-ivfsoverlay",
            "-iwithsysroot",
            "-isystem-after",
            "-iframework",
            "-include-pch",
            "-working-directory",
            "-specs");

    /** Options that make the driver answer and leave. GCC manual, "Overall Options". */
    private static final List<String> ASKS = List.of(
            "--version",
            "--help",
            "-dumpversion",
            "-dumpmachine",
            "-dumpfullversion",
            "-dumpspecs",
            "-print-",
            "--print-",
            "-###",
            "--target-help");

    private static final Set<String> SOURCE_SUFFIXES = Set.of(
            "c", "i", "ii", "C", "cc", "cp", "cxx", "cpp", "CPP", "c++", "m", "mi", "mm", "M", "mii", "s", "S", "sx",
            "cu", "cppm", "ixx", "c++m", "ccm", "cxxm");

    @Override
    public String name() {
        return "cc";
    }

    @Override
    public Command parse(Invocation invocation) {
        List<Source> sources = new ArrayList<>();
        List<ContainerPath> inputs = new ArrayList<>();
        Optional<ContainerPath> output = Optional.empty();
        String language = "none";
        boolean onlyOperands = false;

        List<String> arguments = invocation.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (onlyOperands || !argument.startsWith("-") || argument.equals("-")) {
                ContainerPath input = invocation.cwd().resolve(argument);
                if (!argument.startsWith("@") && (!language.equals("none") || isSource(argument))) {
                    sources.add(new Source(input, language));
                } else {
                    inputs.add(input);
                }
            } else if (argument.equals("-cc1") || argument.equals("-cc1as")) {
                return new Command.Nothing(Command.Why.INTERNAL);
            } else if (asks(argument)) {
                return new Command.Nothing(Command.Why.INFORMATION);
            } else if (argument.equals("--")) {
                onlyOperands = true;
            } else if (argument.equals("-o") && i + 1 < arguments.size()) {
                output = Optional.of(invocation.cwd().resolve(arguments.get(++i)));
            } else if (argument.startsWith("-o")) {
                output = Optional.of(invocation.cwd().resolve(argument.substring(2)));
            } else if (argument.equals("-x") && i + 1 < arguments.size()) {
                language = arguments.get(++i);
            } else if (argument.startsWith("-x")) {
                language = argument.substring(2);
            } else if (TAKES_NEXT.contains(argument)) {
                i++;
            }
        }
        return inputs.isEmpty() && sources.isEmpty()
                ? new Command.Nothing(Command.Why.NO_INPUT)
                : new Command.Compile(
                        List.copyOf(sources),
                        List.copyOf(inputs),
                        output.map(List::of).orElse(List.of()),
                        CompilerSettings.NONE);
    }

    private static boolean asks(String argument) {
        return ASKS.stream().anyMatch(argument::startsWith);
    }

    private static boolean isSource(String file) {
        return SOURCE_SUFFIXES.contains(file.substring(file.lastIndexOf('.') + 1)) && file.indexOf('.') >= 0;
    }
}
