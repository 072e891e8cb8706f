package io.procmon.join;

import io.procmon.events.Ancestry;
import io.procmon.events.ExecRecord;
import io.procmon.events.ExitRecord;
import io.procmon.events.ImageKey;
import io.procmon.events.Started;
import io.procmon.handlers.Outcome;
import io.procmon.handlers.Reason;
import io.procmon.homework.AuxiliaryScripts;
import io.procmon.parser.Command;
import io.procmon.process.ContainerPath;
import io.procmon.process.Launcher;
import io.procmon.process.Launchers;
import io.procmon.process.ProcessType;
import io.procmon.process.Tool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Knows which image started which. So one action of a student counts once, and each activity knows the wrappers and the
 * build tool that started it.
 *
 * <p>A program that a compiler or a wrapper such as ccache starts is a part of that build, and not an activity. This
 * includes other compilers, the build scripts of cargo, and the tests of {@code go test}. If one compiler replaces
 * another in the same process, the later one counts, because its end is the end of the build.
 *
 * <p>A process that a run starts for itself is a part of that run: see {@link RunAbove}.
 *
 * <p>An image keeps only the facts that its children inherit, and nothing of its ancestors. So memory grows with the
 * number of running images and with the last {@value #ENDED_MAX} that ended. Those are kept because records of their
 * children may still arrive. Not thread-safe.
 */
public final class Lineage {

    /**
     * The number of ended images that are kept. The exec record of a child can arrive after the end of its parent, but
     * only shortly after it.
     */
    private static final int ENDED_MAX = 1024;

    /** An interpreter has at most one option before its script. */
    private static final int SCRIPT_AT_MOST = 2;

    /** Multi-call programs: the first argument names the program, unless the name of the file does. */
    private static final Pattern MANY_PROGRAMS = Pattern.compile("(busybox|toybox)([.-].*)?");

    /**
     * The limit of wrappers that are kept. Without it, a program that runs itself through env without end would fill
     * the memory.
     */
    private static final int WRAPPERS_MAX = 8;

    /**
     * The facts that a process inherits from its ancestors.
     *
     * @param uncounted the reason why no process below it is an activity: an ancestor is a compiler, a compiler
     * wrapper, or a program that only prints information
     * @param buildTool the build tool among the ancestors
     * @param wrappers the wrappers directly above the process
     * @param run the run that started the process, directly or through programs that are not activities
     */
    private record Inheritance(
            Optional<Reason> uncounted, Optional<ImageKey> buildTool, List<String> wrappers, Optional<RunAbove> run) {

        static final Inheritance NONE =
                new Inheritance(Optional.empty(), Optional.empty(), List.of(), Optional.empty());

        boolean inBuild() {
            return uncounted.filter(Reason.PART_OF_BUILD::equals).isPresent();
        }

        Inheritance inBuild(boolean yes) {
            return yes ? uncounted(Reason.PART_OF_BUILD) : this;
        }

        Inheritance uncounted(Reason why) {
            return new Inheritance(uncounted.or(() -> Optional.of(why)), buildTool, wrappers, run);
        }

        Inheritance of(ImageKey tool) {
            return new Inheritance(uncounted, buildTool.or(() -> Optional.of(tool)), wrappers, run);
        }

        Inheritance through(String wrapper) {
            boolean known = !wrappers.isEmpty() && wrappers.getLast().equals(wrapper);
            if (known || wrappers.size() == WRAPPERS_MAX) {
                return this;
            }
            List<String> more = new ArrayList<>(wrappers);
            more.add(wrapper);
            return new Inheritance(uncounted, buildTool, List.copyOf(more), run);
        }

        Inheritance withoutWrappers() {
            return new Inheritance(uncounted, buildTool, List.of(), run);
        }

        Inheritance below(RunAbove started) {
            return new Inheritance(uncounted, buildTool, wrappers, Optional.of(started));
        }
    }

    /**
     * An image, running or ended.
     *
     * @param image the key of the image
     * @param toSuccessor the facts for the next image of the same process, if there is one
     * @param toChildren the facts for the children
     * @param wrapper the image as a wrapper, if it turns out to be one; empty if it cannot be one
     * @param throughWrapper the facts for the children if the image is a wrapper
     */
    private record Ancestor(
            ImageKey image,
            Inheritance toSuccessor,
            Inheritance toChildren,
            List<PossibleWrapper> wrapper,
            Inheritance throughWrapper) {

        Inheritance toSuccessor(ExecRecord exec) {
            return isWrapperOf(exec) ? throughWrapper : toSuccessor;
        }

        Inheritance toChildren(ExecRecord exec) {
            return isWrapperOf(exec) ? throughWrapper : toChildren;
        }

        private boolean isWrapperOf(ExecRecord exec) {
            return wrapper.stream().anyMatch(it -> it.starts(exec));
        }
    }

    private final Launchers launchers;
    private final CompilerClients clients = new CompilerClients();
    private final Map<Integer, Ancestor> running = new HashMap<>();
    private final Map<ImageKey, Ancestor> ended = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ImageKey, Ancestor> eldest) {
            return size() > ENDED_MAX;
        }
    };

    public Lineage(Launchers launchers) {
        this.launchers = launchers;
    }

    /** Adds the descent to an activity, or stops it as a part of another. Ends pass unchanged. */
    public Step<Started> place(Step<Started> step) {
        return switch (step) {
            case Step.Begin<Started> begin -> begin(begin);
            case Step.End<Started>(var exit) -> {
                end(exit);
                yield step;
            }
        };
    }

    private Step<Started> begin(Step.Begin<Started> begin) {
        ExecRecord exec = begin.exec();
        Outcome<Started> understood = begin.understood();
        boolean served = understood.proceeding().filter(clients::areServedBy).isPresent();
        boolean again = isSameProcess(exec);
        Inheritance inherited = inheritance(exec).inBuild(served);
        Outcome<Started> placed = understood.then(started -> place(started, inherited, again));
        remember(exec, inherited, placed);
        Optional<Started> part = inherited.inBuild() ? understood.proceeding() : Optional.empty();
        return new Step.Begin<>(exec, placed, part.or(begin::part));
    }

    private boolean isSameProcess(ExecRecord exec) {
        Ancestor before = running.get(exec.image().tgid());
        return before != null && before.image().isSameProcess(exec.image());
    }

    private Inheritance inheritance(ExecRecord exec) {
        if (isSameProcess(exec)) {
            return running.get(exec.image().tgid()).toSuccessor(exec);
        }
        return exec.parent()
                .flatMap(this::find)
                .map(parent -> parent.toChildren(exec))
                .orElse(Inheritance.NONE);
    }

    private Optional<Ancestor> find(ImageKey image) {
        Ancestor alive = running.get(image.tgid());
        return Optional.ofNullable(alive != null && alive.image().equals(image) ? alive : ended.get(image));
    }

    private static Outcome<Started> place(Started started, Inheritance inherited, boolean again) {
        if (inherited.uncounted().isPresent()) {
            return Outcome.stop(inherited.uncounted().get());
        }
        if (inherited.run().filter(run -> run.includes(started, again)).isPresent()) {
            return Outcome.stop(Reason.PART_OF_RUN);
        }
        Inheritance own = started.origin().type() instanceof ProcessType.Wrapped wrapped
                ? inherited.through(wrapped.by())
                : inherited;
        return Outcome.proceed(started.through(new Ancestry(own.buildTool(), own.wrappers())));
    }

    private void remember(ExecRecord exec, Inheritance inherited, Outcome<Started> placed) {
        ImageKey image = exec.image();
        Optional<Launcher> launcher = launcher(exec, placed);
        Inheritance own =
                placed.proceeding().flatMap(RunAbove::of).map(inherited::below).orElse(inherited);
        Inheritance successor = launcher.map(it -> handedDown(exec, it, own)).orElse(own.withoutWrappers());
        boolean counts = placed.proceeding().map(Lineage::includesWhatItStarts).orElse(false);
        boolean calls = launcher.filter(Launcher::callsCompilers).isPresent();
        boolean configures = isConfigure(exec, launcher);
        launcher.filter(it -> it.kind() == Launcher.Kind.COMPILER_CLIENT)
                .flatMap(_ -> placed.proceeding())
                .ifPresent(clients::began);
        Inheritance children = successor.inBuild(counts || calls);
        Inheritance started = configures ? children.uncounted(Reason.PART_OF_RUN) : children;
        List<PossibleWrapper> wrapper = possibleWrapper(exec, launcher, placed);
        Inheritance through = wrapper.isEmpty()
                ? started
                : inherited.through(wrapper.getFirst().name());
        Ancestor before = running.put(image.tgid(), new Ancestor(image, successor, started, wrapper, through));
        if (before != null) {
            clients.ended(before.image());
            ended.put(before.image(), before);
        }
    }

    /**
     * The program as a possible wrapper, if it is neither an activity nor a known launcher, or a script of which
     * neither is true. A shell that was called by its own name is a shell.
     */
    private List<PossibleWrapper> possibleWrapper(
            ExecRecord exec, Optional<Launcher> launcher, Outcome<Started> placed) {
        boolean isScript =
                launcher.filter(it -> it.kind() == Launcher.Kind.SHELL).isPresent()
                        && !exec.call().filename().isEmpty()
                        && launchers.find(calledAs(exec)).isEmpty();
        return placed.proceeding().isEmpty() && (launcher.isEmpty() || isScript)
                ? PossibleWrapper.of(exec, calledAs(exec).fileName())
                : List.of();
    }

    /**
     * The path of the program that was executed. For a multi-call program, it is the path of the program that the first
     * argument names.
     */
    private static ContainerPath calledAs(ExecRecord exec) {
        ContainerPath path = exec.call().filename().isEmpty()
                ? exec.call().executable().path()
                : exec.call().cwd().resolve(exec.call().filename());
        List<String> argv = exec.call().argv().arguments();
        return isManyPrograms(path) && argv.size() > 1 && argv.get(1).indexOf('/') < 0
                ? path.parent().resolve(argv.get(1))
                : path;
    }

    private static boolean isManyPrograms(ContainerPath path) {
        return MANY_PROGRAMS.matcher(path.fileName()).matches();
    }

    /**
     * Whether a shell or another interpreter runs a script named configure. The programs that such a script compiles
     * and runs are probes.
     */
    private static boolean isConfigure(ExecRecord exec, Optional<Launcher> launcher) {
        return AuxiliaryScripts.isConfigure(
                        exec.call().cwd().resolve(exec.call().filename()).fileName())
                || (launcher.filter(it -> it.kind() == Launcher.Kind.SHELL).isPresent()
                        && exec.call().argv().arguments().stream()
                                .skip(1)
                                .limit(SCRIPT_AT_MOST)
                                .map(exec.call().cwd()::resolve)
                                .map(ContainerPath::fileName)
                                .anyMatch(AuxiliaryScripts::isConfigure));
    }

    /** Whether a tool compiles. {@code go test} does so too, although the student asked it to run the tests. */
    private static boolean includesWhatItStarts(Started started) {
        return started.command() instanceof Command.Compile
                || (started.origin().type() instanceof ProcessType.Known(var tool)
                        && tool.kind() == Tool.Kind.COMPILER);
    }

    /**
     * The launcher that an image is, if any. A student's own program is not a launcher, even with the name of one. An
     * env that a {@code #!} line names is none either, because the script counts.
     */
    private Optional<Launcher> launcher(ExecRecord exec, Outcome<Started> placed) {
        boolean own = placed.proceeding()
                .map(started -> started.origin().type() instanceof ProcessType.UserBinary)
                .orElse(false);
        if (own) {
            return Optional.empty();
        }
        Optional<Launcher> byFile = launchers.find(exec.call().executable().path());
        if (exec.call().filename().isEmpty()) {
            return byFile;
        }
        Optional<Launcher> byName = launchers.find(calledAs(exec));
        return byName.or(() -> byFile.filter(launcher -> launcher.kind() != Launcher.Kind.RUN_WRAPPER))
                .or(() -> byScript(exec));
    }

    /** The launcher of a script, such as scan-build or meson, whose interpreter was called by name. */
    private Optional<Launcher> byScript(ExecRecord exec) {
        List<String> argv = exec.call().argv().arguments();
        for (int i = 1; i <= SCRIPT_AT_MOST && i < argv.size(); i++) {
            if (argv.get(i).indexOf('/') >= 0) {
                Optional<Launcher> launcher = launchers.find(exec.call().cwd().resolve(argv.get(i)));
                if (launcher.isPresent()) {
                    return launcher;
                }
            }
        }
        return Optional.empty();
    }

    private Inheritance handedDown(ExecRecord exec, Launcher launcher, Inheritance inherited) {
        return switch (launcher.kind()) {
            case COMPILER_WRAPPER, COMPILER_CLIENT, RUN_WRAPPER, LOADER ->
                inherited.through(launcher.nameOf(executed(exec, launcher)));
            case INSPECTOR -> inherited.uncounted(Reason.INFORMATION);
            case BUILD_TOOL -> inherited.of(exec.image());
            case SHELL -> throughShell(launcher, shellArguments(exec), inherited);
        };
    }

    /** The arguments of the shell itself: {@code busybox sh -c} is read as {@code sh -c}. */
    private static List<String> shellArguments(ExecRecord exec) {
        List<String> argv = exec.call().argv().arguments();
        return isManyPrograms(exec.call().cwd().resolve(exec.call().filename())) && argv.size() > 1
                ? argv.subList(1, argv.size())
                : argv;
    }

    private static Inheritance throughShell(Launcher shell, List<String> argv, Inheritance inherited) {
        if (shell.isPrompt(argv)) {
            return Inheritance.NONE;
        }
        return shell.isReplaced(argv) ? inherited : inherited.withoutWrappers();
    }

    /**
     * The path by which a launcher was executed. For a multi-call program or a script, this path is not the file that
     * the kernel executed.
     */
    private ContainerPath executed(ExecRecord exec, Launcher launcher) {
        return Stream.concat(
                        Stream.of(calledAs(exec).value()),
                        exec.call().argv().arguments().stream().skip(1).limit(SCRIPT_AT_MOST))
                .filter(name -> name.indexOf('/') >= 0)
                .map(exec.call().cwd()::resolve)
                .filter(path -> launchers.find(path).filter(launcher::equals).isPresent())
                .findFirst()
                .orElse(exec.call().executable().path());
    }

    private void end(ExitRecord exit) {
        Ancestor ancestor = running.get(exit.image().tgid());
        if (ancestor != null && ancestor.image().equals(exit.image())) {
            running.remove(exit.image().tgid());
            clients.ended(exit.image());
            ended.put(ancestor.image(), ancestor);
        }
    }
}
