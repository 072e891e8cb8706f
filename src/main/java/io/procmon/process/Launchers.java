package io.procmon.process;

import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The launchers that procmon knows. */
public final class Launchers {

    /** Means "none" or "its own" in the table. */
    private static final String NONE = "-";

    /** Precedes an option that prints information about a program. */
    private static final String ASKS = "?";

    private final List<Launcher> launchers;
    private final Memo<ContainerPath, Optional<Launcher>> known = new Memo<>(this::lookUp);

    /**
     * Reads the table.
     *
     * @param lines as in {@code launchers.table}
     */
    public Launchers(List<String> lines) {
        launchers = lines.stream().map(Launchers::launcher).toList();
    }

    /** Finds the launcher of an executable. */
    public Optional<Launcher> find(ContainerPath executable) {
        return known.get(executable);
    }

    private Optional<Launcher> lookUp(ContainerPath executable) {
        for (Launcher launcher : launchers) {
            if (launcher.executable().matcher(executable.value()).matches()) {
                return Optional.of(launcher);
            }
        }
        return Optional.empty();
    }

    private static Launcher launcher(String line) {
        List<String> words = List.of(line.strip().split("\\s+", -1));
        Map<Boolean, Set<String>> options =
                words.stream().skip(4).collect(partitioningBy(option -> option.startsWith(ASKS), toUnmodifiableSet()));
        return new Launcher(
                Launcher.Kind.valueOf(words.get(0).replace('-', '_').toUpperCase(Locale.ROOT)),
                unlessNone(words.get(1)),
                Pattern.compile(words.get(2)),
                unlessNone(words.get(3)),
                options.get(false),
                options.get(true).stream().map(option -> option.substring(1)).collect(toUnmodifiableSet()));
    }

    private static Optional<String> unlessNone(String word) {
        return word.equals(NONE) ? Optional.empty() : Optional.of(word);
    }
}
