package io.procmon.handlers;

import io.procmon.events.Classified;
import io.procmon.events.ExecRecord;
import io.procmon.homework.HomeworkLocation;
import io.procmon.homework.HomeworkLocator;
import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerOwner;
import io.procmon.process.ContainerOwners;
import io.procmon.process.ContainerPath;
import io.procmon.process.HostnameClaim;
import io.procmon.process.Launcher;
import io.procmon.process.Launchers;
import io.procmon.process.ProcessType;
import io.procmon.process.Tool;
import io.procmon.process.ToolRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The first handler: determines the owner of the process, and whether the program is a compiler, an interpreter or the
 * student's own.
 */
public final class ProcessHandler implements Function<ExecRecord, Outcome<Classified>> {

    private static final ContainerPath USUAL_DIRECTORY = ContainerPath.of("/usr/bin");

    private final ContainerOwners owners;
    private final boolean takeIn;
    private final ToolRegistry tools;
    private final Launchers launchers;
    private final HomeworkLocator homework;
    private final WrittenFiles written;
    private final Function<ExecRecord, ProcessFiles> files;

    /**
     * @param written the files that builds wrote, shared with the handler that parses command lines
     * @param takeIn whether to report processes that ran before procmon watched; the owners of containers are learned
     * from them in any case
     * @param files the files that a process sees; this handler closes them
     */
    public ProcessHandler(
            ContainerOwners owners,
            boolean takeIn,
            ToolRegistry tools,
            Launchers launchers,
            HomeworkLocator homework,
            WrittenFiles written,
            Function<ExecRecord, ProcessFiles> files) {
        this.written = written;
        this.files = files;
        this.owners = owners;
        this.takeIn = takeIn;
        this.tools = tools;
        this.launchers = launchers;
        this.homework = homework;
    }

    @Override
    public Outcome<Classified> apply(ExecRecord exec) {
        Optional<ContainerOwner> owner = owners.of(
                exec.context().cgroup(),
                new HostnameClaim(
                        exec.context().hostname(),
                        exec.context().utsLevel(),
                        exec.image().startNanos()));
        if (owner.isEmpty()) {
            return Outcome.stop(Reason.HOSTNAME_MALFORMED);
        }
        if (exec.takenIn() && !takeIn) {
            return Outcome.stop(Reason.RAN_BEFORE);
        }
        return apply(exec.under(owner.get().hostname()), owner.get());
    }

    private Outcome<Classified> apply(ExecRecord exec, ContainerOwner owner) {
        try (ProcessFiles seen = files.apply(exec)) {
            return typeOf(exec, new HomeworkFinder(homework, written, owner.student(), seen), seen)
                    .map(type -> Outcome.proceed(new Classified(exec, owner, type)))
                    .orElse(Outcome.stop(Reason.NOT_AN_ACTIVITY));
        }
    }

    private Optional<ProcessType> typeOf(ExecRecord exec, HomeworkFinder finder, ProcessFiles seen) {
        ContainerPath executable = exec.call().executable().path();
        List<String> argv = exec.call().argv().arguments();
        return compilerScript(exec, finder)
                .or(() -> typeOf(executable, argv, finder))
                .or(() -> launchers.find(executable).flatMap(launcher -> wrapped(launcher, exec, finder, seen)))
                .or(() -> exec.call()
                        .script()
                        .filter(path -> isInHomework(finder.locateFile(path)))
                        .map(ProcessType.Script::new));
    }

    /**
     * A script that is a compiler, such as mpicc. It counts as the compiler in place of those that it calls. A script
     * in a homework is the student's program.
     */
    private Optional<ProcessType> compilerScript(ExecRecord exec, HomeworkFinder finder) {
        List<String> argv = exec.call().argv().arguments();
        return exec.call()
                .script()
                .filter(script -> finder.locateFile(script) instanceof HomeworkLocation.Outside)
                .flatMap(script -> {
                    List<String> own = argv.subList(
                            argv.subList(1, argv.size()).indexOf(exec.call().filename()) + 1, argv.size());
                    return tools.find(script, own)
                            .filter(tool -> tool.kind() == Tool.Kind.COMPILER)
                            .map(tool -> new ProcessType.Wrapped(script.fileName(), new ProcessType.Known(tool), own));
                });
    }

    private Optional<ProcessType> typeOf(ContainerPath executable, List<String> argv, HomeworkFinder finder) {
        HomeworkLocation location = finder.locateFile(executable);
        Optional<Tool> tool =
                finder.isWrittenThere(executable, location) ? Optional.empty() : tools.find(executable, argv);
        if (tool.isPresent()) {
            return tool.map(ProcessType.Known::new);
        }
        return isInHomework(location) ? Optional.of(new ProcessType.UserBinary()) : Optional.empty();
    }

    private static boolean isInHomework(HomeworkLocation location) {
        return !(location instanceof HomeworkLocation.Outside);
    }

    /** The program that a launcher runs without another exec. */
    private Optional<ProcessType> wrapped(
            Launcher launcher, ExecRecord exec, HomeworkFinder finder, ProcessFiles seen) {
        return switch (launcher.kind()) {
            case RUN_WRAPPER, INSPECTOR, BUILD_TOOL, SHELL -> Optional.empty();
            case COMPILER_WRAPPER, COMPILER_CLIENT, LOADER ->
                launcher.program(exec.call().argv().arguments())
                        .flatMap(argv -> programOf(argv, exec.call().cwd(), finder, seen)
                                .filter(type -> launcher.mayHold(type))
                                .map(type -> new ProcessType.Wrapped(
                                        launcher.nameOf(exec.call().executable().path()), type, argv)));
        };
    }

    /**
     * The path of a program. A name without a slash would be searched for in the directories of PATH, which are
     * unknown. If the name is that of a tool, the usual directory is assumed; otherwise the working directory: {@code
     * PATH=.:$PATH valgrind a.out}.
     */
    private Optional<ProcessType> programOf(
            List<String> argv, ContainerPath cwd, HomeworkFinder finder, ProcessFiles seen) {
        String name = argv.getFirst();
        ContainerPath here = cwd.resolve(name);
        if (name.indexOf('/') >= 0) {
            return typeOf(here, argv, finder);
        }
        return typeOf(USUAL_DIRECTORY.resolve(name), argv, finder)
                .or(() -> seen.isFile(here) ? typeOf(here, argv, finder) : Optional.empty());
    }
}
