package io.procmon.parser;

import io.procmon.parser.CompilerSettings.Step;
import io.procmon.process.ContainerPath;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Parses the command lines of assemblers. They are those of compilers, but without {@code -o} the output has a name that
 * depends on the assembler: {@code a.out} of as(1); of nasm(1) the name of the source with the suffix of the format.
 */
@ApplicationScoped
public class AssemblerParser implements CommandParser {

    private static final String FORMAT = "-f";

    /** The file in which a compiler driver passes its output to the assembler: choose_tmpdir() and make_temp_file() of GCC. */
    private static final Pattern OF_A_DRIVER = Pattern.compile("cc[A-Za-z0-9]{6}[.]s");

    private final SourceParser compiler = new SourceParser();

    @Override
    public String name() {
        return "assembler";
    }

    @Override
    public Command parse(Invocation invocation) {
        Command command = compiler.parse(invocation);
        if (!(command instanceof Command.Compile named)) {
            return command;
        }
        boolean ofADriver = named.sources().stream()
                .anyMatch(
                        source -> OF_A_DRIVER.matcher(source.path().fileName()).matches());
        return ofADriver
                ? new Command.Nothing(Command.Why.INTERNAL)
                : new Command.Compile(
                        named.sources(),
                        named.inputs(),
                        named.outputs().isEmpty() ? outputs(invocation, named) : named.outputs(),
                        named.settings().endingAt(Step.ASSEMBLE));
    }

    private static List<ContainerPath> outputs(Invocation invocation, Command.Compile named) {
        if (!invocation.tool().syntax().options().values().contains(FORMAT)) {
            return List.of(invocation.cwd().resolve("a.out"));
        }
        String suffix = suffix(format(invocation.arguments()).orElse("bin"));
        return Stream.concat(named.sources().stream().map(Source::path), named.inputs().stream())
                .limit(1)
                .map(file -> invocation.cwd().resolve(withoutSuffix(file.fileName()) + suffix))
                .toList();
    }

    /** The value of the last {@code -f}, joined or separate. */
    private static Optional<String> format(List<String> arguments) {
        for (int i = arguments.size() - 1; i >= 0; i--) {
            String argument = arguments.get(i);
            if (argument.startsWith(FORMAT) && argument.length() > FORMAT.length()) {
                return Optional.of(argument.substring(FORMAT.length()));
            }
            if (argument.equals(FORMAT) && i + 1 < arguments.size()) {
                return Optional.of(arguments.get(i + 1));
            }
        }
        return Optional.empty();
    }

    private static String suffix(String format) {
        return switch (format) {
            case "bin" -> "";
            case "obj", "win", "win32", "win64" -> ".obj";
            case "ith", "srec", "dbg" -> "." + format;
            default -> ".o";
        };
    }

    private static String withoutSuffix(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
