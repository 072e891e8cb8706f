package io.procmon.parser.cc;

import io.procmon.parser.Command;
import io.procmon.parser.CommandParser;
import io.procmon.parser.Invocation;
import java.util.List;

/**
 * Parses the command lines of the Tiny C Compiler. They are those of GCC, but {@code -run} runs the program in the
 * process of the compiler: {@code tcc -lm -run main.c 1 2}.
 */
public final class TccParser implements CommandParser {

    private static final String RUN = "-run";

    private final CommandParser gcc;

    /** @param gcc the parser of GCC */
    public TccParser(CommandParser gcc) {
        this.gcc = gcc;
    }

    @Override
    public String name() {
        return "tcc";
    }

    @Override
    public Command parse(Invocation invocation) {
        List<String> arguments = invocation.arguments();
        int run = arguments.indexOf(RUN);
        return run < 0
                ? gcc.parse(invocation)
                : arguments.stream()
                        .skip(run + 1L)
                        .filter(argument -> !argument.startsWith("-") || argument.equals("-"))
                        .findFirst()
                        .filter(file -> !file.equals("-"))
                        .<Command>map(file -> new Command.Run(invocation.cwd().resolve(file), false))
                        .orElse(new Command.Nothing(Command.Why.INLINE));
    }
}
