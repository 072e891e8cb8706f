package io.procmon.parser;

import io.procmon.parser.OptionReader.Word;
import io.procmon.process.ContainerPath;
import io.procmon.process.OptionGrammar;
import io.procmon.process.Runner;
import java.util.List;
import java.util.Optional;

/**
 * The command line of a runner, such as {@code pytest -q tests/test_a.py::test_one}, which runs {@code
 * tests/test_a.py}.
 *
 * @param invocation the command line of the interpreter
 * @param runner the script or module that the interpreter runs
 * @param nested whether another runner runs this runner; a nested runner can run no further one
 */
record RunnerCommand(Invocation invocation, Runner runner, boolean nested) {

    /** A limit above the length of module names. It is short enough to search for a file by each prefix. */
    private static final int MODULE_NAME_MAX = 1024;

    /** Parses the arguments of the runner itself. */
    Command read(List<String> arguments) {
        OptionGrammar grammar = runner.options();
        OptionReader reader = new OptionReader(grammar, arguments);
        Optional<String> command = runner.command();
        Optional<String> application = Optional.empty();
        Optional<String> doubtful = Optional.empty();
        boolean mayBeValue = false;
        while (true) {
            Optional<Word> word = reader.next();
            if (word.isEmpty()) {
                return command.isPresent()
                        ? new Command.Nothing(Command.Why.INFORMATION)
                        : run(application.isPresent() ? application : doubtful);
            }
            switch (word.get()) {
                case Word.Mistake() -> {
                    return new Command.Nothing(Command.Why.REFUSED);
                }
                case Word.Option(var option, var value) -> {
                    mayBeValue = value.isEmpty() && option.startsWith("--") && !grammar.names(option);
                    if (grammar.asks().contains(option)) {
                        return new Command.Nothing(Command.Why.INFORMATION);
                    } else if (grammar.inline().contains(option)) {
                        return new Command.Nothing(Command.Why.INLINE);
                    } else if (grammar.module().contains(option)) {
                        return value.isEmpty()
                                ? module(firstOf(reader.rest()), behindFirst(reader.rest()))
                                : module(value, reader.rest());
                    } else if (grammar.file().contains(option)) {
                        application = Optional.of(value);
                    }
                }
                case Word.Operand(var operand) -> {
                    if (command.isEmpty()) {
                        if (mayBeValue && !isReadable(operand)) {
                            doubtful = doubtful.or(() -> Optional.of(operand));
                            mayBeValue = false;
                            continue;
                        }
                        return run(application.or(() -> Optional.of(operand)));
                    }
                    if (!operand.equals(command.get())) {
                        return new Command.Nothing(Command.Why.INFORMATION);
                    }
                    command = Optional.empty();
                }
            }
        }
    }

    /**
     * Whether an operand certainly is one: a directory, or a file that the interpreter reads. A word after an unknown
     * option may be its value: {@code report.html} in {@code --html report.html tests}.
     */
    private boolean isReadable(String operand) {
        int colon = operand.indexOf(':');
        ContainerPath path = invocation.cwd().resolve(colon > 0 ? operand.substring(0, colon) : operand);
        return invocation.files().isDirectory(path)
                || (invocation.tool().syntax().reads(path.fileName())
                        && invocation.files().isFile(path));
    }

    /** A module that the runner runs. It may be another runner: {@code coverage run -m pytest tests}. */
    private Command module(String name, List<String> rest) {
        Optional<Runner> other =
                nested || new ScriptFinder(invocation).module(name).isPresent()
                        ? Optional.empty()
                        : invocation.tool().syntax().runners().stream()
                                .filter(it -> it.name().equals(name))
                                .findFirst();
        return other.map(it -> new RunnerCommand(invocation, it, true).read(rest))
                .orElseGet(() -> moduleOf(name));
    }

    private Command run(Optional<String> operand) {
        return switch (runner.operand()) {
            case ENVIRONMENT -> new Command.Nothing(Command.Why.INFORMATION);
            case STARTED -> new Command.Nothing(Command.Why.STARTS_ANOTHER);
            case NONE -> here();
            case FILE ->
                operand.filter(name -> !name.equals("-"))
                        .<Command>map(name -> new Command.Run(
                                new ScriptFinder(invocation)
                                        .script(invocation.cwd().resolve(name)),
                                false))
                        .orElse(new Command.Nothing(Command.Why.NO_INPUT));
            case TESTS, APPLICATION -> operand.map(this::fileOrModule).orElseGet(this::here);
        };
    }

    /** A file, a directory or a module. One colon or two can separate the file and the name of an item in it. */
    private Command fileOrModule(String operand) {
        int colon = operand.indexOf(':');
        String name = colon > 0 ? operand.substring(0, colon) : operand;
        ContainerPath path = invocation.cwd().resolve(name);
        if (invocation.files().isDirectory(path)) {
            return new Command.Run(path, true);
        }
        if (name.indexOf('/') >= 0
                || invocation.files().isFile(path)
                || invocation.tool().syntax().reads(path.fileName())) {
            return new Command.Run(path, false);
        }
        return moduleOf(name);
    }

    /** A module, or a name in a module: {@code test_a.TestClass.test_one}. */
    private Command moduleOf(String name) {
        ScriptFinder finder = new ScriptFinder(invocation);
        String module = name;
        while (true) {
            Optional<ContainerPath> file = finder.module(module);
            if (file.isPresent()) {
                return new Command.Run(file.get(), false);
            }
            int dot = module.lastIndexOf('.');
            if (dot < 0 || name.length() > MODULE_NAME_MAX) {
                return here();
            }
            module = module.substring(0, dot);
        }
    }

    private Command here() {
        return new Command.Run(invocation.cwd(), true);
    }

    private static List<String> behindFirst(List<String> arguments) {
        return arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
    }

    private static String firstOf(List<String> arguments) {
        return arguments.isEmpty() ? "" : arguments.getFirst();
    }
}
