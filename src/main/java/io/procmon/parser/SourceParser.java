package io.procmon.parser;

import io.procmon.parser.OptionReader.Word;
import io.procmon.process.CommandSyntax;
import io.procmon.process.ContainerPath;
import io.procmon.process.OptionGrammar;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parses the command lines of compilers that are not drivers: options and files in any order. The description files of
 * the tools list the options. C and C++ have a parser of their own.
 */
@ApplicationScoped
public class SourceParser implements CommandParser {

    @Override
    public String name() {
        return "compiler";
    }

    @Override
    public Command parse(Invocation invocation) {
        CommandSyntax syntax = invocation.tool().syntax();
        OptionGrammar grammar = syntax.options();
        ArgumentFiles files = new ArgumentFiles(invocation);
        OptionReader reader = new OptionReader(grammar, files.expand());
        List<Source> sources = new ArrayList<>();
        List<ContainerPath> inputs = new ArrayList<>();
        List<ContainerPath> outputs = new ArrayList<>();
        for (Optional<Word> word = reader.next(); word.isPresent(); word = reader.next()) {
            switch (word.get()) {
                case Word.Mistake() -> {
                    return new Command.Nothing(Command.Why.REFUSED);
                }
                case Word.Operand(var operand) -> {
                    ContainerPath file = invocation.cwd().resolve(operand);
                    if (syntax.reads(file.fileName())) {
                        sources.add(new Source(file, invocation.tool().language()));
                    } else if (!operand.equals("-")) {
                        inputs.add(file);
                    }
                }
                case Word.Option(var option, var value) -> {
                    if (grammar.asks().contains(option)) {
                        return new Command.Nothing(Command.Why.INFORMATION);
                    } else if (grammar.output().contains(option)) {
                        outputs.add(invocation.cwd().resolve(value));
                    } else if (grammar.file().contains(option)) {
                        inputs.add(projectFile(invocation, invocation.cwd().resolve(value)));
                    }
                }
            }
        }
        if (sources.isEmpty() && inputs.isEmpty() && syntax.main().isPresent()) {
            inputs.add(projectFile(invocation, invocation.cwd()));
        }
        return sources.isEmpty() && inputs.isEmpty()
                ? new Command.Nothing(Command.Why.NO_INPUT)
                : new Command.Compile(
                        List.copyOf(sources),
                        List.copyOf(inputs),
                        List.copyOf(outputs),
                        CompilerSettings.NONE.withUnread(files.unread()));
    }

    /** The project file in a directory; it stands for the directory. */
    private static ContainerPath projectFile(Invocation invocation, ContainerPath path) {
        CommandSyntax syntax = invocation.tool().syntax();
        return invocation.files().isDirectory(path) ? path.resolve(syntax.main().orElse("")) : path;
    }
}
