package io.procmon.parser;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The command lines of Python: CPython and those that take the same options.
 *
 * <p>Grammar: CPython's Python/getopt.c, whose short options are {@code +bBc:dEhiIJm:OPqRsStuvVW:xX:?} and whose only
 * long option with a value is {@code --check-hash-based-pycs}.
 */
@ApplicationScoped
public class PythonParser implements CommandParser {

    @Override
    public String name() {
        return "python";
    }

    @Override
    public Command parse(Invocation invocation) {
        List<String> arguments = invocation.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--")) {
                return i + 1 < arguments.size() ? script(invocation, arguments.get(i + 1)) : noInput();
            } else if (argument.equals("-") || argument.isEmpty()) {
                return noInput();
            } else if (argument.equals("--help") || argument.equals("--version")) {
                return new Command.Nothing(Command.Why.INFORMATION);
            } else if (argument.equals("--check-hash-based-pycs")) {
                i++;
            } else if (!argument.startsWith("-")) {
                return script(invocation, argument);
            } else if (!argument.startsWith("--")) {
                for (int at = 1; at < argument.length(); at++) {
                    switch (argument.charAt(at)) {
                        case 'c', 'm' -> {
                            return new Command.Run(invocation.cwd(), true);
                        }
                        case 'h', '?', 'V' -> {
                            return new Command.Nothing(Command.Why.INFORMATION);
                        }
                        case 'W', 'X' -> {
                            if (at + 1 == argument.length()) {
                                i++;
                            }
                            at = argument.length();
                        }
                        default -> {}
                    }
                }
            }
        }
        return noInput();
    }

    private static Command script(Invocation invocation, String script) {
        return new Command.Run(invocation.cwd().resolve(script), false);
    }

    private static Command noInput() {
        return new Command.Nothing(Command.Why.NO_INPUT);
    }
}
