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
 * Decides whose standard error is kept, and gives it to the activity that it belongs to.
 *
 * <p>The text of an image is kept if the image is an activity, or a part of a build: gcc writes little itself, its cc1, as
 * and ld write. The text of a shell, an editor or a remote shell is never kept, also not where a shell runs a script of a
 * homework. What is not kept leaves its exit record here.
 *
 * <p>It stands in the stream before an exec meets its exit. Not thread-safe.
 */
public final class TextKeeper {

    /** From a linker to its compiler there are two steps. */
    private static final int ANCESTORS_MAX = 16;

    /** More texts of one activity are dropped, and the activity's text is marked. */
    private static final int PARTS_MAX = 64;

    /** They read what their parts write, and print it themselves. */
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

    /** The kernel side: it keeps what permitted images write. */
    public interface Gate {

        /** Keeps what an image writes. */
        void permit(ImageKey image);

        /** The image has ended. */
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

    /** A step without a text. */
    public static Step<Started> withoutText(Step<Started> step) {
        return switch (step) {
            case Step.Begin<Started> begin -> begin;
            case Step.End<Started>(var exit) -> new Step.End<>(exit.withoutCapture());
        };
    }

    /** Takes the next step: an end leaves it with the whole text of its activity, or with none. */
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
        boolean own =
                activity.origin().type() instanceof ProcessType.UserBinary; // whatever its name is: gcc -o sh sh.c
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

    /** The activity of which an image is a part, if it is one: the nearest activity among its ancestors. */
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

    /** Whether an activity and what it starts write to one place, and the activity does not read it before. */
    private static boolean takesTextOf(Started owner, ExecRecord exec) {
        return switch (owner.origin().type()) {
            case ProcessType.Known(var tool) ->
                (isCompiler(owner, tool) && !READ_THEIR_PARTS.contains(tool.language()))
                        || isProgramOf(tool, owner, exec);
            case ProcessType.Wrapped _, ProcessType.Script _, ProcessType.UserBinary _ ->
                false; // ccache reads them too
        };
    }

    private static boolean isCompiler(Started started, Tool tool) {
        return started.command() instanceof Command.Compile || tool.kind() == Tool.Kind.COMPILER;
    }

    /** The program that {@code go run} has built. */
    private static boolean isProgramOf(Tool tool, Started owner, ExecRecord exec) {
        return owner.command() instanceof Command.Run
                && tool.manual()
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
