package io.procmon.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Reads the tables in the artefact, for packages that must not read files. */
public final class ResourceTable {

    private ResourceTable() {}

    /**
     * The lines of a table, without comments.
     *
     * @param name such as {@code parsers/gcc.options}
     */
    public static List<String> lines(String name) {
        try (InputStream in = ResourceTable.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the table %s is missing from the artefact".formatted(name));
            }
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
