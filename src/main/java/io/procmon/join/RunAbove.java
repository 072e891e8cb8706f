package io.procmon.join;

import io.procmon.events.Started;
import io.procmon.parser.Command;
import io.procmon.process.ContainerPath;
import io.procmon.process.ProcessType;
import io.procmon.process.Tool;
import java.util.List;
import java.util.Optional;

/**
 * The facts about a run that decide whether an image that it starts is a part of it.
 *
 * <p>Interpreters start themselves again for the same run: workers of {@code multiprocessing} and {@code joblib},
 * servers that reload their code (Werkzeug's {@code run_with_reloader}, Django's {@code autoreload}), and the {@code
 * cluster} of Node.js. The student has started one program.
 *
 * @param target the file or directory that runs
 * @param isDirectory whether {@code target} is a directory
 * @param lastArgument the last argument of the command line: it distinguishes runs in one directory
 * @param type the type for the backend, such as {@code PYTHON}
 * @param isTakenOver whether a known interpreter below this run counts in its place if it runs the same file; true for
 * a script whose interpreter is unknown
 */
record RunAbove(ContainerPath target, boolean isDirectory, String lastArgument, String type, boolean isTakenOver) {

    /** The run above for an activity; empty for a build. */
    static Optional<RunAbove> of(Started started) {
        return switch (started.command()) {
            case Command.Compile _ -> Optional.empty();
            case Command.Run run ->
                Optional.of(new RunAbove(
                        run.target(),
                        run.targetIsDirectory(),
                        lastArgument(started),
                        started.origin().type().label(),
                        started.origin().type() instanceof ProcessType.Script));
        };
    }

    /**
     * Whether an interpreter that begins is a part of this run. It is one if it runs a module that is not the
     * student's, or the same file or module again.
     *
     * @param again whether it begins in the process of this run: then a shell that becomes Python counts as Python
     */
    boolean includes(Started started, boolean again) {
        return started.command() instanceof Command.Run run
                && isInterpreted(started.origin().type())
                && (run.installed() || isSame(started, run, again));
    }

    private boolean isSame(Started started, Command.Run run, boolean again) {
        return run.target().equals(target)
                && !isTakenOver
                && (!again || started.origin().type().label().equals(type))
                && (!isDirectory || lastArgument(started).equals(lastArgument));
    }

    private static boolean isInterpreted(ProcessType type) {
        return switch (type) {
            case ProcessType.Known(var tool) -> tool.kind() == Tool.Kind.INTERPRETER;
            case ProcessType.Wrapped wrapped -> isInterpreted(wrapped.program());
            case ProcessType.UserBinary _, ProcessType.Script _ -> false;
        };
    }

    private static String lastArgument(Started started) {
        List<String> argv = started.origin().exec().call().argv().arguments();
        return argv.isEmpty() ? "" : argv.getLast();
    }
}
