package io.procmon.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithName;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The keys of {@link ProcmonConfig}, read from the interface itself. An unknown property aborts start-up. An unknown
 * environment variable only causes a warning: container runtimes and CI systems set variables of such names.
 */
final class ConfigurationKeys {

    private static final String PREFIX = "procmon";
    private static final List<Key> ALL = keys(PREFIX, ProcmonConfig.class).toList();

    /**
     * A key of the configuration.
     *
     * @param name the name, with an asterisk for each part that the user chooses, as in {@code procmon.tools.*.kind}
     * @param type the type of the value, or of the list's elements
     * @param bounds the bounds of a whole number
     */
    record Key(String name, Class<?> type, Optional<Within> bounds) {

        boolean isProperty(String property) {
            return property.matches(Pattern.quote(name).replace("*", "\\E[^.]+\\Q"));
        }

        /**
         * The environment variable of the key. MicroProfile Config replaces all characters except letters and digits.
         */
        String variable() {
            return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9*]", "_");
        }

        boolean isVariable(String candidate) {
            return candidate.matches(variable().replace("*", ".+"));
        }

        /** A description of the permitted values. */
        String allowed() {
            if (type.isEnum()) {
                return Arrays.stream(type.getEnumConstants())
                        .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ", "one of ", ""));
            }
            return bounds.map(it -> "a whole number from %d to %d".formatted(it.min(), it.max()))
                    .orElseGet(() -> FORMS.getOrDefault(type, "text"));
        }
    }

    private static final Map<Class<?>, String> FORMS = Map.of(
            boolean.class, "true or false",
            Duration.class, "a duration, such as 20s or 500ms",
            MemorySize.class, "a size, such as 4M",
            URI.class, "an address, such as http://localhost:8000",
            Path.class, "the path of a file");

    private ConfigurationKeys() {}

    static List<Key> all() {
        return ALL;
    }

    static Optional<Key> find(String property) {
        return ALL.stream().filter(key -> key.isProperty(property)).findFirst();
    }

    /** Whether an environment variable starts like procmon's own but is not a key. */
    static boolean isUnknownVariable(String variable) {
        return variable.startsWith("PROCMON_") && ALL.stream().noneMatch(key -> key.isVariable(variable));
    }

    /** The known variable with the smallest edit distance; {@code *} stands for a name of the user's choice. */
    static String nearestVariable(String variable) {
        return ALL.stream()
                .map(Key::variable)
                .min(Comparator.comparingInt((String known) -> edits(known, variable))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /**
     * The Levenshtein distance (Levenshtein, Binary codes capable of correcting deletions, insertions, and reversals,
     * 1966).
     */
    private static int edits(String from, String to) {
        int[] row = IntStream.rangeClosed(0, to.length()).toArray();
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int substituted = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }

    private static Stream<Key> keys(String prefix, Class<?> group) {
        return Arrays.stream(group.getMethods())
                .flatMap(method -> keysOf(
                        prefix + "." + name(method),
                        method.getGenericReturnType(),
                        Optional.ofNullable(method.getAnnotation(Within.class))));
    }

    private static Stream<Key> keysOf(String name, Type type, Optional<Within> bounds) {
        if (type instanceof ParameterizedType generic) {
            Type value = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return keysOf(generic.getRawType() == Map.class ? name + ".*" : name, value, bounds);
        }
        Class<?> value = (Class<?>) type;
        return value.isInterface() && value.getNestHost() == ProcmonConfig.class
                ? keys(name, value)
                : Stream.of(new Key(name, value, bounds));
    }

    private static String name(Method method) {
        WithName given = method.getAnnotation(WithName.class);
        return given != null
                ? given.value()
                : method.getName().replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
