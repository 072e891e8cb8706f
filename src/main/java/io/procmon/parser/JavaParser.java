package io.procmon.parser;

import io.procmon.parser.OptionReader.Word;
import io.procmon.process.OptionGrammar;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses the command lines of the java launcher: a main class on a class path, a jar, a module, or a source file. */
@ApplicationScoped
public class JavaParser implements CommandParser {

    private static final Set<String> CLASS_PATH = Set.of("-cp", "-classpath", "--class-path");

    /** The limit of class path entries that are searched. Students have a few. */
    private static final int CLASS_PATH_MAX = 256;

    @Override
    public String name() {
        return "java";
    }

    @Override
    public Command parse(Invocation invocation) {
        OptionGrammar grammar = invocation.tool().syntax().options();
        OptionReader reader = new OptionReader(grammar, new ArgumentFiles(invocation).expand());
        String classPath = ".";
        boolean fromSource = false;
        for (Optional<Word> word = reader.next(); word.isPresent(); word = reader.next()) {
            switch (word.get()) {
                case Word.Mistake() -> {
                    return new Command.Nothing(Command.Why.REFUSED);
                }
                case Word.Operand(var operand) -> {
                    return fromSource || operand.endsWith(".java")
                            ? new Command.Run(invocation.cwd().resolve(operand), false)
                            : mainClass(invocation, classPath, operand);
                }
                case Word.Option(var option, var value) -> {
                    if (grammar.asks().contains(option)) {
                        return new Command.Nothing(Command.Why.INFORMATION);
                    } else if (grammar.file().contains(option)) {
                        return new Command.Run(invocation.cwd().resolve(value), false);
                    } else if (grammar.module().contains(option)) {
                        return new Command.Run(invocation.cwd(), true);
                    } else if (CLASS_PATH.contains(option)) {
                        classPath = value;
                    }
                    fromSource |= option.equals("--source");
                }
            }
        }
        return new Command.Nothing(Command.Why.NO_INPUT);
    }

    /** The class file below the working directory if it exists; else the working directory. */
    private static Command mainClass(Invocation invocation, String classPath, String name) {
        List<String> entries = Arrays.asList(classPath.split(":", CLASS_PATH_MAX));
        String file = name.replace('.', '/') + ".class";
        return entries.stream()
                .map(entry -> invocation.cwd().resolve(entry).resolve(file))
                .filter(path -> path.isWithin(invocation.cwd()))
                .filter(invocation.files()::isFile)
                .findFirst()
                .<Command>map(path -> new Command.Run(path, false))
                .orElseGet(() -> new Command.Run(invocation.cwd(), true));
    }
}
