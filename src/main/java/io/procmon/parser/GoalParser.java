package io.procmon.parser;

import io.procmon.parser.OptionReader.Word;
import io.procmon.process.CommandSyntax;
import io.procmon.process.ContainerPath;
import io.procmon.process.OptionGrammar;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Parses the command lines of build tools that take options and any number of goals. Such a tool compiles in its own
 * process, or lets a server compile. The project file stands for the sources, which are not on the command line.
 */
@ApplicationScoped
public class GoalParser implements CommandParser {

    /** The key for goals that are not listed, and for the default goal of the project. */
    private static final String ANY = "otherwise";

    /** The number of directories that are searched upwards for the project file. */
    private static final int PARENTS_MAX = 16;

    @Override
    public String name() {
        return "goals";
    }

    @Override
    public Command parse(Invocation called) {
        Invocation invocation = called;
        CommandSyntax syntax = invocation.tool().syntax();
        OptionGrammar grammar = syntax.options();
        OptionReader reader = new OptionReader(grammar, invocation.arguments());
        Optional<ContainerPath> file = Optional.empty();
        Optional<CommandSyntax.Effect> effect = Optional.empty();
        boolean anyGoal = false;
        for (Optional<Word> word = reader.next(); word.isPresent(); word = reader.next()) {
            switch (word.get()) {
                case Word.Mistake() -> {
                    return new Command.Nothing(Command.Why.REFUSED);
                }
                case Word.Operand(var goal) -> {
                    anyGoal = true;
                    effect = strongest(effect, effectOf(goal, syntax));
                }
                case Word.Option(var option, var value) -> {
                    if (grammar.asks().contains(option)) {
                        return new Command.Nothing(Command.Why.INFORMATION);
                    } else if (grammar.file().contains(option)) {
                        file = Optional.of(invocation.cwd().resolve(value));
                    } else if (grammar.directory().contains(option)) {
                        invocation = invocation.in(value);
                    }
                }
            }
        }
        return command(
                anyGoal ? effect : Optional.ofNullable(syntax.commands().get(ANY)), projectFile(invocation, file));
    }

    private static Command command(Optional<CommandSyntax.Effect> effect, ContainerPath projectFile) {
        return switch (effect.orElse(CommandSyntax.Effect.NOTHING)) {
            case NOTHING -> new Command.Nothing(Command.Why.INFORMATION);
            case START -> new Command.Nothing(Command.Why.STARTS_ANOTHER);
            case RUN -> new Command.Run(projectFile.parent(), true);
            case BUILD -> new Command.Compile(List.of(), List.of(projectFile), List.of(), CompilerSettings.NONE);
        };
    }

    /**
     * The effect of a goal. If the whole goal is not listed, its last part counts: {@code spring-boot:run}, {@code
     * :app:build}, {@code Test/compile}. Arguments of the goal follow a space: {@code "runMain course.Main"}.
     */
    private static Optional<CommandSyntax.Effect> effectOf(String operand, CommandSyntax syntax) {
        int space = operand.indexOf(' ');
        String goal = space < 0 ? operand : operand.substring(0, space);
        String last = goal.substring(Math.max(goal.lastIndexOf(':'), goal.lastIndexOf('/')) + 1);
        return Stream.of(goal, last, ANY)
                .flatMap(name -> Optional.ofNullable(syntax.commands().get(name)).stream())
                .findFirst();
    }

    /** The effect of several goals: a run counts more than a build, because the build only prepares it. */
    private static Optional<CommandSyntax.Effect> strongest(
            Optional<CommandSyntax.Effect> one, Optional<CommandSyntax.Effect> other) {
        return Stream.of(one, other).flatMap(Optional::stream).max(Comparator.naturalOrder());
    }

    /**
     * The project file: the named file, or the one in the directory or above. If there is none, its path in the
     * directory.
     */
    private static ContainerPath projectFile(Invocation invocation, Optional<ContainerPath> named) {
        if (named.isPresent() && !invocation.files().isDirectory(named.get())) {
            return named.get();
        }
        ContainerPath here = named.orElse(invocation.cwd());
        return Stream.iterate(here, ContainerPath::parent)
                .limit(Math.min(here.components().size() + 1L, PARENTS_MAX))
                .flatMap(directory -> in(directory, invocation.tool().syntax()))
                .filter(invocation.files()::isFile)
                .findFirst()
                .orElseGet(
                        () -> in(here, invocation.tool().syntax()).findFirst().orElse(here));
    }

    private static Stream<ContainerPath> in(ContainerPath directory, CommandSyntax syntax) {
        return syntax.main().stream()
                .flatMap(main ->
                        Stream.concat(Stream.of(main), syntax.implied().stream().map(suffix -> main + "." + suffix)))
                .map(directory::resolve);
    }
}
