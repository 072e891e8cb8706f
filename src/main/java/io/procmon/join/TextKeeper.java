package io.procmon.join;

import io.procmon.events.ErrorOutput;
import io.procmon.events.ExecRecord;
import io.procmon.events.ExitRecord;
import io.procmon.events.ImageKey;
import io.procmon.events.Started;
import io.procmon.parser.Command;
import io.procmon.process.PrivatePrograms;
import io.procmon.process.ProcessType;
import io.procmon.process.Tool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides whose standard error is kept, and adds each text to its activity.
 *
 * <p>The text of an image is kept if the image is an activity, or a part of a build: gcc writes little itself, its cc1,
 * as and ld do. The text of a shell, an editor or a remote shell is never kept, not even if a shell runs a script of a
 * homework. A text that is not kept is removed from its exit record here.
 *
 * <p>It is the stage of the stream before execs and exits are matched. Not thread-safe.
 */
public final class TextKeeper {

    /** The limit of ancestors that are searched. From a linker to its compiler there are two. */
    private static final int ANCESTORS_MAX = 16;

    /** The limit of texts of one activity. Further texts are dropped, and the text of the activity is marked. */
    private static final int PARTS_MAX = 64;

    /** Programs that read the output of their parts and print it themselves. */
    private static final Set<String> READ_THEIR_PARTS = Set.of("go", "rust");

    /** An image that runs. */
    private static final class Image {

        private final ImageKey key;
        private final Optional<ImageKey> parent;
        private final Optional<Started> activity;
        private final boolean kept;
        private final List<ErrorOutput> parts = new ArrayList<>();

        Image(ImageKey key, Optional<ImageKey> parent, Optional<Started> activity, boolean kept) {
            this.key = key;
            this.parent = parent;
            this.activity = activity;
            this.kept = kept;
        }

        void add(ErrorOutput text) {
            parts.add(parts.size() < PARTS_MAX ? text : ErrorOutput.unknown());
            if (parts.size() > PARTS_MAX + 1) {
                parts.removeLast();
            }
        }
    }

    /** The kernel program, which keeps the texts of permitted images. */
    public interface Gate {

        /** Begins to keep the text of an image. */
        void permit(ImageKey image);

        /** Ends this for an image that has ended. */
        void release(ImageKey image);
    }

    private final Predicate<Started> wanted;
    private final Gate gate;
    private final Map<Integer, Image> running = new HashMap<>();

    /**
     * @param wanted whether the texts of an activity may be kept; a course can forbid it
     */
    public TextKeeper(Predicate<Started> wanted, Gate gate) {
        this.wanted = wanted;
        this.gate = gate;
    }

    /** The same step, without a text. */
    public static Step<Started> withoutText(Step<Started> step) {
        return switch (step) {
            case Step.Begin<Started> begin -> begin;
            case Step.End<Started>(var exit) -> new Step.End<>(exit.withoutCapture());
        };
    }

    /**
     * Takes the next step. An exit of an activity gets the whole text of the activity; any other exit has no text
     * afterwards.
     */
    public Step<Started> take(Step<Started> step) {
        return switch (step) {
            case Step.Begin<Started> begin -> {
                begin(begin.exec(), begin.understood().proceeding());
                yield begin;
            }
            case Step.End<Started>(var exit) -> new Step.End<>(end(exit));
        };
    }

    private void begin(ExecRecord exec, Optional<Started> understood) {
        ImageKey image = exec.image();
        Image before = running.get(image.tgid());
        boolean goesOn = understood.isEmpty()
                && before != null
                && before.key.isSameProcess(image)
                && before.activity.filter(TextKeeper::isScript).isPresent();
        Optional<Started> activity = goesOn ? before.activity : understood;
        boolean kept = activity.isPresent()
                ? mayKeep(exec, activity.get())
                : !PrivatePrograms.include(exec.call().executable().path())
                        && owner(exec.parent())
                                .filter(owner -> takesTextOf(owner.activity.orElseThrow(), exec))
                                .isPresent();
        running.put(image.tgid(), new Image(image, exec.parent(), activity, kept));
        if (before != null) {
            gate.release(before.key);
        }
        if (kept) {
            gate.permit(image);
        }
    }

    private boolean mayKeep(ExecRecord exec, Started activity) {
        boolean own = activity.origin().type()
                instanceof ProcessType.UserBinary; // even with the name of a shell: gcc -o sh sh.c
        return wanted.test(activity)
                && (own || !PrivatePrograms.include(exec.call().executable().path()));
    }

    private ExitRecord end(ExitRecord exit) {
        Image image = running.get(exit.image().tgid());
        if (image == null || !image.key.equals(exit.image())) {
            return exit.withoutCapture();
        }
        running.remove(exit.image().tgid());
        gate.release(image.key);
        Optional<ErrorOutput> own = exit.errorOutput().filter(_ -> image.kept);
        if (image.activity.isPresent()) {
            own.ifPresent(image.parts::add);
            return kept(image, exit).with(ErrorOutput.join(image.parts));
        }
        own.ifPresent(text -> owner(image.parent).ifPresent(owner -> owner.add(text)));
        return kept(image, exit).with(Optional.empty());
    }

    /** The crash of an image is kept where its text is. */
    private static ExitRecord kept(Image image, ExitRecord exit) {
        return image.kept ? exit : exit.withoutCapture();
    }

    /** The activity that an image is a part of: the nearest activity among its ancestors, if there is one. */
    private Optional<Image> owner(Optional<ImageKey> parent) {
        Optional<Image> image = find(parent);
        for (int i = 0;
                i < ANCESTORS_MAX && image.isPresent() && image.get().activity.isEmpty();
                i++) {
            image = find(image.get().parent);
        }
        return image.filter(found -> found.activity.isPresent() && found.kept);
    }

    private Optional<Image> find(Optional<ImageKey> key) {
        return key.flatMap(it -> Optional.ofNullable(running.get(it.tgid())).filter(found -> found.key.equals(it)));
    }

    /**
     * Whether the text of an image belongs to an activity: both write to the same place, and the activity does not read
     * the text first.
     */
    private static boolean takesTextOf(Started owner, ExecRecord exec) {
        return switch (owner.origin().type()) {
            case ProcessType.Known(var tool) ->
                (isCompiler(owner, tool) && !READ_THEIR_PARTS.contains(tool.language()))
                        || isProgramOf(tool, owner, exec);
            case ProcessType.Wrapped _, ProcessType.Script _, ProcessType.UserBinary _ ->
                false; // ccache reads the texts of its parts too
        };
    }

    private static boolean isCompiler(Started started, Tool tool) {
        return started.command() instanceof Command.Compile || tool.kind() == Tool.Kind.COMPILER;
    }

    /** Whether an image is the program that {@code go run} has built. */
    private static boolean isProgramOf(Tool tool, Started owner, ExecRecord exec) {
        return owner.command() instanceof Command.Run
                && tool.syntax()
                        .program()
                        .filter(path -> path.matcher(
                                        exec.call().executable().path().value())
                                .matches())
                        .isPresent();
    }

    private static boolean isScript(Started started) {
        return started.origin().type() instanceof ProcessType.Script;
    }
}
