package io.procmon.parser;

import io.procmon.parser.OptionReader.Word;
import io.procmon.process.CommandSyntax;
import io.procmon.process.ContainerPath;
import io.procmon.process.OptionGrammar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A command line of a project tool, read from left to right. */
final class ProjectCommand {

    /** The number of directories that are searched upwards for the project file. */
    private static final int PARENTS_MAX = 16;

    private Invocation invocation;
    private final CommandSyntax syntax;
    private final OptionGrammar grammar;
    private final List<Source> sources = new ArrayList<>();
    private final List<ContainerPath> outputs = new ArrayList<>();
    private Optional<CommandSyntax.Effect> effect = Optional.empty();
    private Optional<ContainerPath> namedFile = Optional.empty();
    private Optional<ContainerPath> directory = Optional.empty();
    private String subCommand = "";
    private boolean several;

    ProjectCommand(Invocation invocation) {
        this.invocation = invocation;
        this.syntax = invocation.tool().syntax();
        this.grammar = syntax.options();
    }

    Command read() {
        OptionReader reader = new OptionReader(grammar, invocation.arguments());
        for (Optional<Word> word = reader.next(); word.isPresent(); word = reader.next()) {
            Optional<Command> decided = switch (word.get()) {
                case Word.Mistake() -> Optional.of(new Command.Nothing(Command.Why.REFUSED));
                case Word.Option(var option, var value) -> option(option, value);
                case Word.Operand(var operand) -> operand(operand);
            };
            if (decided.isPresent()) {
                return decided.get();
            }
        }
        return effect.map(this::command).orElse(new Command.Nothing(Command.Why.NO_INPUT));
    }

    /** The sub-command, after it was read; empty if there is none. */
    String subCommand() {
        return subCommand;
    }

    /**
     * Whether it names more than one directory, or an operand that is not a directory. Then the number of programs is
     * unknown.
     */
    boolean isAboutSeveral() {
        return several;
    }

    /** The directory that relative names start from. */
    ContainerPath startedIn() {
        return invocation.cwd();
    }

    /** The directory of the project or package. */
    ContainerPath where() {
        return directory.orElse(invocation.cwd());
    }

    /** The project file in the directory or above. */
    Optional<ContainerPath> projectFile() {
        return Stream.iterate(where(), ContainerPath::parent)
                .limit(Math.min(where().components().size() + 1L, PARENTS_MAX))
                .map(parent -> parent.resolve(syntax.main().orElse("")))
                .filter(invocation.files()::isFile)
                .findFirst();
    }

    private Optional<Command> option(String option, String value) {
        if (grammar.asks().contains(option)) {
            return Optional.of(new Command.Nothing(Command.Why.INFORMATION));
        } else if (grammar.output().contains(option)) {
            outputs.add(invocation.cwd().resolve(value));
        } else if (grammar.file().contains(option)) {
            namedFile = Optional.of(invocation.cwd().resolve(value));
        } else if (grammar.directory().contains(option)) {
            invocation = invocation.in(value);
        }
        return Optional.empty();
    }

    /**
     * Reads an operand: first the sub-command, then source files or a directory. Operands after those may belong to the
     * program.
     */
    private Optional<Command> operand(String operand) {
        if (effect.isEmpty()) {
            return subCommand(operand);
        }
        several |= operand.endsWith("...") || directory.isPresent() || !(syntax.reads(operand) || isDirectory(operand));
        if (directory.isEmpty() && syntax.reads(operand)) {
            sources.add(new Source(
                    invocation.cwd().resolve(operand), invocation.tool().language()));
            return Optional.empty();
        }
        if (directory.isEmpty() && sources.isEmpty() && isDirectory(operand)) {
            directory = Optional.of(invocation.cwd().resolve(withoutPattern(operand)));
            return Optional.empty();
        }
        return effect.get() == CommandSyntax.Effect.RUN ? Optional.of(run()) : Optional.empty();
    }

    private Optional<Command> subCommand(String name) {
        subCommand = name;
        effect = Optional.ofNullable(syntax.commands().get(name));
        return effect.isPresent() ? Optional.empty() : Optional.of(new Command.Nothing(Command.Why.INFORMATION));
    }

    private Command command(CommandSyntax.Effect known) {
        return switch (known) {
            case NOTHING -> new Command.Nothing(Command.Why.INFORMATION);
            case START -> new Command.Nothing(Command.Why.STARTS_ANOTHER);
            case RUN -> run();
            case BUILD ->
                new Command.Compile(
                        List.copyOf(sources),
                        sources.isEmpty() ? project() : List.of(),
                        List.copyOf(outputs),
                        CompilerSettings.NONE);
        };
    }

    private Command run() {
        return sources.isEmpty()
                ? new Command.Run(namedFile.map(ContainerPath::parent).orElseGet(this::where), true)
                : new Command.Run(sources.getFirst().path(), false);
    }

    /** The project file as given; else the one in the directory or above; else its path in the directory. */
    private List<ContainerPath> project() {
        if (namedFile.isPresent()) {
            return List.of(namedFile.get());
        }
        ContainerPath here = where().resolve(syntax.main().orElse(""));
        return projectFile()
                .filter(file -> !file.equals(here))
                .map(file -> List.of(file, here))
                .orElse(List.of(here));
    }

    private static boolean isDirectory(String operand) {
        return operand.startsWith(".") || operand.startsWith("/");
    }

    /** The directory of a package pattern, such as {@code ./...}. */
    private static String withoutPattern(String packages) {
        return packages.endsWith("/...") ? packages.substring(0, packages.length() - 4) : packages;
    }
}
