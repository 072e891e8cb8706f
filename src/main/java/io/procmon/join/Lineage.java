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
 * Who was started by whom: so that what a student did once counts once, and says through what it was started.
 *
 * <p>Whatever a compiler starts, or a wrapper such as ccache, is a part of that build and no activity of its own: other
 * compilers, but also what cargo runs to build, or go to test. Where one replaces the other in the same process, the one
 * that stays counts: it is the one that ends.
 *
 * <p>What a run starts for itself is a part of that run: {@link RunAbove}.
 *
 * <p>An image keeps what it hands down to those that it starts, and nothing of its ancestors: memory grows with the
 * images that run, and with the {@value #ENDED_MAX} that ended last, whose children may still be heard of. Not
 * thread-safe.
 */
public final class Lineage {

    /** An exec that found its parent alive can reach us behind that parent's end, but not far behind. */
    private static final int ENDED_MAX = 1024;

    /** An interpreter has an option before its script, or none. */
    private static final int SCRIPT_AT_MOST = 2;

    /** Programs that are many others, which their first argument names if their own name does not. */
    private static final Pattern MANY_PROGRAMS = Pattern.compile("(busybox|toybox)([.-].*)?");

    /** Nobody needs more; a program that runs itself through env for ever must not fill the memory. */
    private static final int WRAPPERS_MAX = 8;

    /**
     * What a process has from those above it.
     *
     * @param uncounted why nothing counts by itself: a compiler is among them, or its wrapper, or what only tells about
     *     programs
     * @param buildTool the build tool among them
     * @param wrappers those right above it
     * @param run the run that it was started by, across programs that are no activity
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
     * An image, alive or not.
     *
     * @param image which
     * @param toSuccessor what the next image of the same process has, if there is one
     * @param toChildren what those have that it starts
     * @param wrapper what it is if it turns out to be a wrapper; empty if that is out of the question
     * @param throughWrapper what those have that it starts as a wrapper
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

    /** Gives an activity its descent, or stops it as a part of another; ends pass. */
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
     * A program that is no activity and no known launcher, or a script that is neither. A shell that was called by its own
     * name is a shell.
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

    /** The path that a program was executed by; of one that is many programs, that of the one which was meant. */
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

    /** A shell or another interpreter that runs a script named configure: what that compiles and runs are its probes. */
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

    /** A tool that compiles, also where what it was asked for is to run what it has compiled: {@code go test}. */
    private static boolean includesWhatItStarts(Started started) {
        return started.command() instanceof Command.Compile
                || (started.origin().type() instanceof ProcessType.Known(var tool)
                        && tool.kind() == Tool.Kind.COMPILER);
    }

    /**
     * What an image is as a launcher. A student's own program is none, whatever its name is; nor is an env that a
     * {@code #!} line names, which is the script's business.
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

    /** Of what is itself a script, such as scan-build or meson, and was started by its interpreter's name. */
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

    /** {@code busybox sh -c} is {@code sh -c}. */
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

    /** The path by which a launcher was executed: one file may be several programs, and a script is not its interpreter. */
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
