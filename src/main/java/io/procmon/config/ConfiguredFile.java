package io.procmon.config;

import java.io.IOException;
import java.nio.file.Path;

/** Files that somebody configured. */
public final class ConfiguredFile {

    private ConfiguredFile() {}

    /** Makes something of a file. */
    @FunctionalInterface
    public interface Reading<T> {
        T of(Path file) throws IOException;
    }

    /**
     * Reads what a key names.
     *
     * @param key such as {@code procmon.api.token-file}
     * @throws InvalidConfiguration if the file cannot be read
     */
    public static <T> T read(String key, Path file, Reading<T> reading) {
        try {
            return reading.of(file);
        } catch (IOException e) {
            throw new InvalidConfiguration(key, file, "it cannot be read: " + e.getMessage());
        }
    }
}
