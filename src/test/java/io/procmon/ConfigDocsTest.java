package io.procmon;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.config.ProcmonConfig;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares the tables of configuration.md with the configuration. */
class ConfigDocsTest {

    /**
     * A row of a table.
     *
     * @param key such as {@code procmon.api.timeout}; a star stands for a name of the user's choice
     * @param fallback the default, empty if there is none
     */
    private record Row(String key, String environment, String fallback) {}

    private static final Pattern ROW =
            Pattern.compile("\\| `([a-z][a-z0-9.*-]+)` \\| `([A-Z_*0-9]+)` \\|(.*?)(?<!\\\\)\\|.*");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):(.*)}");

    private static final Properties APPLICATION = new Properties();

    @BeforeAll
    static void readTheDefaults() throws IOException {
        try (InputStream file = ProcmonConfig.class.getResourceAsStream("/application.properties")) {
            APPLICATION.load(file);
        }
    }

    @Test
    void document_listsExactlyTheKeysOfTheConfiguration() throws IOException {
        assertThat(documented().stream().filter(row -> row.key().startsWith("procmon.")))
                .containsExactlyInAnyOrderElementsOf(rows("procmon", ProcmonConfig.class));
    }

    @Test
    void document_statesTheDefaultsOfWhatQuarkusReads() throws IOException {
        List<Row> quarkus = documented().stream()
                .filter(row -> row.key().startsWith("quarkus."))
                .toList();

        assertThat(quarkus).isNotEmpty().allSatisfy(row -> {
            String value = APPLICATION.getProperty(row.key());
            Matcher variable = VARIABLE.matcher(value);
            boolean named = variable.matches();
            assertThat(row.environment()).isEqualTo(named ? variable.group(1) : environment(row.key()));
            assertThat(row.fallback()).isEqualTo(named ? variable.group(2) : value);
        });
    }

    private static List<Row> documented() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("src/site/markdown/configuration.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(
                        new Row(row.group(1), row.group(2), literal(row.group(3).strip())));
            }
        }
        return rows;
    }

    /** The text in backticks; a computed default is described in words. */
    private static String literal(String cell) {
        return cell.startsWith("`") ? cell.substring(1, cell.length() - 1).replace("\\|", "|") : "";
    }

    private static List<Row> rows(String prefix, Class<?> group) {
        List<Row> rows = new ArrayList<>();
        for (Method member : group.getDeclaredMethods()) {
            String key = prefix + "." + nameOf(member);
            Type type = member.getGenericReturnType();
            if (member.getReturnType() == Map.class) {
                Class<?> value = (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[1];
                rows.addAll(value.isInterface() ? rows(key + ".*", value) : List.of(row(key + ".*", "")));
            } else if (member.getReturnType().isInterface() && type instanceof Class<?> nested) {
                rows.addAll(rows(key, nested));
            } else {
                WithDefault fallback = member.getAnnotation(WithDefault.class);
                rows.add(row(key, fallback == null ? "" : fallback.value()));
            }
        }
        return rows;
    }

    private static Row row(String key, String fallback) {
        return new Row(key, variableOf(key), fallback);
    }

    private static String nameOf(Method member) {
        WithName name = member.getAnnotation(WithName.class);
        return name != null
                ? name.value()
                : member.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String variableOf(String key) {
        Matcher variable = VARIABLE.matcher(APPLICATION.getProperty(key, ""));
        return variable.matches() ? variable.group(1) : environment(key);
    }

    private static String environment(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9*]", "_");
    }
}
