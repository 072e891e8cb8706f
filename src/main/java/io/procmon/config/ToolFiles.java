package io.procmon.config;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.smallrye.config.PropertiesConfigSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSourceProvider;

/**
 * The tools that procmon knows, one file each: {@code resources/tools/gcc.properties} holds the keys below
 * {@code procmon.tools.gcc}.
 *
 * <p>They are a configuration source with the lowest priority. A user who sets {@code procmon.tools.gcc.executable} or
 * {@code PROCMON_TOOLS_GCC_EXECUTABLE} changes that key and keeps the others. The build lists the files in
 * {@code tools/index}, because a native executable cannot list its resources.
 */
public final class ToolFiles implements ConfigSourceProvider {

    /** Lower than application.properties (250), so that every other source overrides it. */
    private static final int ORDINAL = 200;

    @Override
    public Iterable<ConfigSource> getConfigSources(ClassLoader ignored) {
        Map<String, String> keys = new HashMap<>();
        for (String tool : tools()) {
            read(tool + ".properties")
                    .forEach((key, value) -> keys.put("procmon.tools." + tool + "." + key, value.toString()));
        }
        return List.of(new PropertiesConfigSource(keys, "tools", ORDINAL));
    }

    /** The names of the tools. */
    public static Set<String> tools() {
        try (InputStream in = open("index");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(file -> file.substring(0, file.lastIndexOf('.')))
                    .collect(toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties read(String file) {
        Properties properties = new Properties();
        try (InputStream in = open(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static InputStream open(String file) throws IOException {
        InputStream in = ToolFiles.class.getResourceAsStream("/tools/" + file);
        if (in == null) {
            throw new IOException("there is no resource tools/" + file);
        }
        return in;
    }
}
