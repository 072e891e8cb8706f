package io.procmon.config;

import java.io.IOException;
import java.nio.file.Path;

/** Reads files that the configuration names. */
public final class ConfiguredFile {

    private ConfiguredFile() {}

    /** Converts a file into a value. */
    @FunctionalInterface
    public interface Reading<T> {
        T of(Path file) throws IOException;
    }

    /**
     * Reads the file of a key.
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
