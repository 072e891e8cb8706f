package io.procmon.parser;

import io.procmon.parser.OptionReader.Word;
import io.procmon.process.CommandSyntax;
import io.procmon.process.ContainerPath;
import io.procmon.process.OptionGrammar;
import io.procmon.process.Runner;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Parses the command lines of interpreters: options, then the script, then the arguments of the script. The description
 * files of the tools contain all differences between interpreters.
 */
@ApplicationScoped
public class ScriptParser implements CommandParser {

    @Override
    public String name() {
        return "script";
    }

    @Override
    public Command parse(Invocation called) {
        Invocation invocation = called;
        OptionGrammar grammar = invocation.tool().syntax().options();
        OptionReader reader = new OptionReader(grammar, invocation.arguments());
        while (true) {
            Optional<Word> word = reader.next();
            if (word.isEmpty()) {
                return nothing(Command.Why.NO_INPUT);
            }
            switch (word.get()) {
                case Word.Mistake() -> {
                    return nothing(Command.Why.REFUSED);
                }
                case Word.Operand(var operand) -> {
                    return startsAnother(invocation, operand)
                            ? nothing(Command.Why.STARTS_ANOTHER)
                            : script(invocation, operand, reader.rest());
                }
                case Word.Option(var option, var value) -> {
                    if (startsAnother(invocation, option)) {
                        return nothing(Command.Why.STARTS_ANOTHER);
                    } else if (grammar.asks().contains(option)) {
                        return nothing(Command.Why.INFORMATION);
                    } else if (grammar.inline().contains(option)) {
                        return nothing(Command.Why.INLINE);
                    } else if (grammar.module().contains(option)) {
                        return module(invocation, value, reader.rest());
                    } else if (grammar.file().contains(option)) {
                        return script(invocation, value, reader.rest());
                    } else if (grammar.directory().contains(option)) {
                        invocation = invocation.in(value);
                    }
                }
            }
        }
    }

    /** A script, or the script of a runner: {@code python /usr/bin/pytest tests}. */
    private static Command script(Invocation invocation, String script, List<String> rest) {
        boolean dashIsFile = invocation.tool().syntax().options().end().contains(script);
        if (script.equals("-") && !dashIsFile) {
            return nothing(Command.Why.NO_INPUT);
        }
        ContainerPath path = invocation.cwd().resolve(script);
        for (Runner runner : invocation.tool().syntax().runners()) {
            if (runner.script().matcher(path.value()).matches()) {
                return new RunnerCommand(invocation, runner, false).read(rest);
            }
        }
        return new Command.Run(new ScriptFinder(invocation).script(path), false);
    }

    /**
     * A module: the student's own, a runner, or another installed module. For the last, the working directory is the
     * target.
     */
    private static Command module(Invocation invocation, String module, List<String> rest) {
        ScriptFinder finder = new ScriptFinder(invocation);
        Optional<ContainerPath> file = finder.module(module);
        if (file.isPresent()) {
            return new Command.Run(file.get(), false);
        }
        for (Runner runner : invocation.tool().syntax().runners()) {
            if (runner.name().equals(module)) {
                return new RunnerCommand(invocation, runner, false).read(rest);
            }
        }
        return Command.Run.ofInstalled(invocation.cwd());
    }

    /** A sub-command, or an option with the effect of one: {@code node inspect}, {@code node --watch}. */
    private static boolean startsAnother(Invocation invocation, String word) {
        return invocation.tool().syntax().commands().get(word) == CommandSyntax.Effect.START;
    }

    private static Command nothing(Command.Why why) {
        return new Command.Nothing(why);
    }
}
