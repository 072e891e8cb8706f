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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys of {@link ProcmonConfig}, read from the interface itself. An unknown property ends the start anyhow; an
 * unknown environment variable does not, although variables are where most of the misspelling happens.
 */
final class ConfigurationKeys {

    private static final String PREFIX = "procmon";
    private static final List<Key> ALL = keys(PREFIX, ProcmonConfig.class).toList();

    /**
     * A key.
     *
     * @param name with an asterisk for each part that the user chooses, as in {@code procmon.tools.*.kind}
     * @param type of its value, or of its list's elements
     * @param bounds of a whole number
     */
    record Key(String name, Class<?> type, Optional<Within> bounds) {

        boolean isProperty(String property) {
            return property.matches(Pattern.quote(name).replace("*", "\\E[^.]+\\Q"));
        }

        /** A variable's name keeps letters and digits, as MicroProfile Config has it. */
        boolean isVariable(String variable) {
            String pattern = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9*]", "_");
            return variable.matches(pattern.replace("*", ".+"));
        }

        /** What a value may be. */
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

    /** Whether an environment variable looks like ours, but is not. */
    static boolean isUnknownVariable(String variable) {
        return variable.startsWith("PROCMON_") && ALL.stream().noneMatch(key -> key.isVariable(variable));
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
