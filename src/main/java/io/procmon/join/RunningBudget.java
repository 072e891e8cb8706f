package io.procmon.join;

import io.procmon.events.Argv;
import io.procmon.events.ExecRecord;
import io.procmon.events.Started;
import io.procmon.parser.Command;
import io.procmon.parser.Source;
import io.procmon.process.ContainerPath;
import io.procmon.process.Student;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Limits the memory for paths and arguments of running images, and counts the share of each student. An activity with
 * few characters is not counted, because the number of processes limits them. Not thread-safe.
 */
final class RunningBudget {

    /** The number of characters up to which an activity is not counted. A clipped activity has at most as many. */
    static final long LIGHT = 3072;

    private final long max;
    private final Map<Student, Long> used = new HashMap<>();
    private long total;

    /** @param max the limit in characters, of all students together */
    RunningBudget(long max) {
        this.max = max;
    }

    /** The characters of an activity that count against the limit. */
    static long weight(Started started) {
        ExecRecord exec = started.origin().exec();
        Argv argv = exec.call().argv();
        long weight = exec.call().executable().path().value().length()
                + (long) exec.call().cwd().value().length()
                + exec.call().filename().length()
                + (argv.arguments().size() > LIGHT / Long.BYTES ? argv.size() : characters(argv.arguments()));
        weight += switch (started.command()) {
            case Command.Run run -> run.target().value().length();
            case Command.Compile compile ->
                sources(compile.sources())
                        + paths(compile.inputs())
                        + paths(compile.outputs())
                        + paths(compile.settings().libraryDirectories())
                        + characters(compile.settings().warnings())
                        + characters(compile.settings().libraries());
        };
        return weight <= LIGHT ? 0 : weight;
    }

    /** Whether there is room for an activity. */
    boolean hasRoomFor(Started started) {
        return total + weight(started) <= max;
    }

    /** The student who would have the most characters if an activity were added. */
    Student largestWith(Started started) {
        Student newcomer = started.origin().student();
        long most = used.getOrDefault(newcomer, 0L) + weight(started);
        return used.entrySet().stream()
                .filter(other -> other.getValue() > most)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(newcomer);
    }

    /** Adds the characters of an image. */
    void add(RunningImage image) {
        change(image, 1);
    }

    /** Subtracts the characters of an image. */
    void remove(RunningImage image) {
        change(image, -1);
    }

    /** The characters of all images now. */
    long total() {
        return total;
    }

    private void change(RunningImage image, int sign) {
        image.role().held().ifPresent(started -> {
            long change = sign * weight(started);
            if (change != 0) {
                total += change;
                used.merge(started.origin().student(), change, RunningBudget::sumOrNone);
            }
        });
    }

    /** A student with no characters has no entry. */
    private static Long sumOrNone(long before, long change) {
        return before + change == 0 ? null : Long.valueOf(before + change);
    }

    private static long sources(Collection<Source> sources) {
        long characters = 0;
        for (Source source : sources) {
            characters += source.path().value().length();
        }
        return characters;
    }

    private static long paths(Collection<ContainerPath> paths) {
        long characters = 0;
        for (ContainerPath path : paths) {
            characters += path.value().length();
        }
        return characters;
    }

    private static long characters(Collection<String> texts) {
        long characters = 0;
        for (String text : texts) {
            characters += text.length();
        }
        return characters;
    }
}
