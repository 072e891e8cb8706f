package io.procmon.handlers;

import static java.util.stream.Collectors.toSet;

import io.procmon.events.Attributed;
import io.procmon.events.ExecRecord;
import io.procmon.events.Started;
import io.procmon.homework.AuxiliaryScripts;
import io.procmon.homework.HomeworkLocation;
import io.procmon.homework.HomeworkLocator;
import io.procmon.parser.Command;
import io.procmon.parser.Invocation;
import io.procmon.parser.Parsers;
import io.procmon.parser.ProcessFiles;
import io.procmon.parser.Source;
import io.procmon.process.ContainerPath;
import io.procmon.process.ProcessType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The third handler: parses the command line and finds the homework. Paths on the command line are resolved as the
 * kernel resolves them. So a build and the run of its program name the same file.
 */
public final class HomeworkHandler implements Function<Attributed, Outcome<Started>> {

    private static final String NO_HOMEWORK = "";

    private final Parsers parsers;
    private final HomeworkLocator homework;
    private final Function<ExecRecord, ProcessFiles> files;
    private final WrittenFiles written;

    /**
     * @param written the files that builds wrote, shared with the handler that checks executables
     * @param files the files that a process sees; this handler closes them
     */
    public HomeworkHandler(
            Parsers parsers, HomeworkLocator homework, WrittenFiles written, Function<ExecRecord, ProcessFiles> files) {
        this.written = written;
        this.parsers = parsers;
        this.homework = homework;
        this.files = files;
    }

    /**
     * The decision of this handler.
     *
     * @param outcome the activity, or the reason why there is none
     * @param unreported a build that belongs to no homework, or to several. It is not reported, but its files may be
     * linked or run in a homework later; its {@code homework} is empty
     */
    public record Decision(Outcome<Started> outcome, Optional<Started> unreported) {

        private static Decision of(Outcome<Started> outcome) {
            return new Decision(outcome, Optional.empty());
        }
    }

    @Override
    public Outcome<Started> apply(Attributed origin) {
        return decide(origin).outcome();
    }

    /** Decides like {@link #apply}, and also returns builds that are not reported. */
    public Decision decide(Attributed origin) {
        ExecRecord exec = origin.exec();
        try (ProcessFiles seen = files.apply(exec)) {
            HomeworkFinder finder = new HomeworkFinder(homework, written, origin.student(), seen);
            return switch (commandOf(exec, origin.type(), exec.call().argv().arguments(), seen)) {
                case Command.Nothing(var why) -> Decision.of(Outcome.stop(reason(why)));
                case Command.Compile compile -> {
                    Decision decision = decide(origin, compile, finder, seen);
                    written.written(origin.student(), compile.resolved(seen).outputs(), locationOf(decision));
                    yield decision;
                }
                case Command.Run run ->
                    Decision.of(located(origin, run.resolved(seen), locate(origin, run, seen, finder)));
            };
        }
    }

    private static HomeworkLocation locationOf(Decision decision) {
        return decision.outcome()
                .proceeding()
                .<HomeworkLocation>map(started -> new HomeworkLocation.Inside(started.homework()))
                .orElseGet(() -> decision.outcome().equals(Outcome.stop(Reason.IGNORED_PATH))
                        ? new HomeworkLocation.Ignored()
                        : new HomeworkLocation.Outside());
    }

    private static Decision decide(Attributed origin, Command.Compile named, HomeworkFinder finder, ProcessFiles seen) {
        Command.Compile compile = named.resolved(seen);
        ContainerPath cwd = origin.exec().call().cwd();
        HomeworkLocation location = locate(compile, cwd, finder);
        Outcome<Started> located = located(
                origin, compile, location instanceof HomeworkLocation.Outside ? locate(named, cwd, finder) : location);
        return located instanceof Outcome.Continue<Started>(var started)
                ? Decision.of(Outcome.proceed(started.of(size(compile.sources(), seen))))
                : new Decision(located, Optional.of(new Started(origin, compile, NO_HOMEWORK)));
    }

    /** The total size of all sources in bytes when the compiler begins; empty if the size of one is unknown. */
    private static OptionalLong size(List<Source> sources, ProcessFiles seen) {
        long bytes = 0;
        for (Source source : sources) {
            OptionalLong size = seen.size(source.path());
            if (size.isEmpty()) {
                return size;
            }
            bytes += Math.min(size.getAsLong(), Long.MAX_VALUE - bytes); // sparse files can be of any size
        }
        return OptionalLong.of(bytes);
    }

    private Command commandOf(ExecRecord exec, ProcessType type, List<String> argv, ProcessFiles seen) {
        return switch (type) {
            case ProcessType.Known(var tool) ->
                parsers.of(tool)
                        .parse(new Invocation(
                                tool,
                                LinkedParents.followed(argv, exec.call().cwd(), seen),
                                exec.call().cwd(),
                                seen));
            case ProcessType.Wrapped wrapped -> commandOf(exec, wrapped, seen);
            case ProcessType.UserBinary() ->
                new Command.Run(exec.call().executable().path(), false);
            case ProcessType.Script(var path) -> new Command.Run(path, false);
        };
    }

    private Command commandOf(ExecRecord exec, ProcessType.Wrapped wrapped, ProcessFiles seen) {
        ProcessType program = wrapped.program();
        return program instanceof ProcessType.UserBinary
                ? new Command.Run(exec.call().cwd().resolve(wrapped.argv().getFirst()), false)
                : commandOf(exec, program, wrapped.argv(), seen);
    }

    /** The location of a script. A script that autotools added to a project is not the student's. */
    private static HomeworkLocation locate(
            Attributed origin, Command.Run run, ProcessFiles seen, HomeworkFinder finder) {
        HomeworkLocation location = locate(run, seen, finder);
        return location instanceof HomeworkLocation.Inside
                        && isScript(origin.type())
                        && AuxiliaryScripts.include(run.resolved(seen).target(), seen::isFile)
                ? new HomeworkLocation.Ignored()
                : location;
    }

    private static boolean isScript(ProcessType type) {
        return switch (type) {
            case ProcessType.Known _, ProcessType.Script _ -> true;
            case ProcessType.UserBinary _, ProcessType.Wrapped _ -> false;
        };
    }

    /** The location of a run. A link in a homework belongs to the student, even if its target is outside. */
    private static HomeworkLocation locate(Command.Run run, ProcessFiles seen, HomeworkFinder finder) {
        HomeworkLocation location = locate(run.resolved(seen), finder);
        return location instanceof HomeworkLocation.Outside ? locate(run, finder) : location;
    }

    private static HomeworkLocation locate(Command.Run run, HomeworkFinder finder) {
        return run.targetIsDirectory() ? finder.locateDirectory(run.target()) : finder.locateFile(run.target());
    }

    /**
     * The location of a build: the homework of its files. If the files are in several homeworks, the working directory
     * decides, then the output.
     */
    private static HomeworkLocation locate(Command.Compile compile, ContainerPath cwd, HomeworkFinder finder) {
        List<ContainerPath> files = compile.sources().isEmpty()
                ? Stream.concat(compile.inputs().stream(), compile.outputs().stream())
                        .toList()
                : compile.sources().stream().map(Source::path).toList();
        Set<HomeworkLocation> locations = files.stream().map(finder::locateFile).collect(toSet());
        if (finder.locateDirectory(cwd) instanceof HomeworkLocation.Ignored || linksIgnoredOnly(compile, finder)) {
            return new HomeworkLocation.Ignored();
        }
        boolean ignored = locations.remove(new HomeworkLocation.Ignored());
        locations.remove(new HomeworkLocation.Outside());
        return switch (locations.size()) {
            case 0 -> ignored ? new HomeworkLocation.Ignored() : new HomeworkLocation.Outside();
            case 1 -> locations.iterator().next();
            default ->
                locations.contains(new HomeworkLocation.Ambiguous())
                        ? new HomeworkLocation.Ambiguous()
                        : locateByPlace(compile, cwd, finder);
        };
    }

    /** Whether a build only links, and all its inputs in a homework belong to a tool. */
    private static boolean linksIgnoredOnly(Command.Compile compile, HomeworkFinder finder) {
        if (!compile.sources().isEmpty()) {
            return false;
        }
        Set<HomeworkLocation> inputs =
                compile.inputs().stream().map(finder::locateFile).collect(toSet());
        inputs.remove(new HomeworkLocation.Outside());
        return inputs.equals(Set.of(new HomeworkLocation.Ignored()));
    }

    private static HomeworkLocation locateByPlace(Command.Compile compile, ContainerPath cwd, HomeworkFinder finder) {
        return Stream.concat(
                        Stream.of(finder.locateDirectory(cwd)),
                        compile.outputs().stream().map(finder::locateFile))
                .filter(HomeworkLocation.Inside.class::isInstance)
                .findFirst()
                .orElse(new HomeworkLocation.Ambiguous());
    }

    private static Outcome<Started> located(Attributed origin, Command.Action command, HomeworkLocation location) {
        return switch (location) {
            case HomeworkLocation.Inside(var name) -> Outcome.proceed(new Started(origin, command, name));
            case HomeworkLocation.Outside() -> Outcome.stop(Reason.OUTSIDE_HOMEWORK);
            case HomeworkLocation.Ignored() -> Outcome.stop(Reason.IGNORED_PATH);
            case HomeworkLocation.Ambiguous() -> Outcome.stop(Reason.AMBIGUOUS_HOMEWORK);
        };
    }

    private static Reason reason(Command.Why why) {
        return switch (why) {
            case INFORMATION -> Reason.INFORMATION;
            case NO_INPUT -> Reason.NO_INPUT;
            case INTERNAL -> Reason.INTERNAL;
            case INLINE -> Reason.INLINE;
            case REFUSED -> Reason.REFUSED;
            case STARTS_ANOTHER -> Reason.STARTS_ANOTHER;
        };
    }
}
