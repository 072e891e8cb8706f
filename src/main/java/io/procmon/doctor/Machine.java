package io.procmon.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A machine, examined through its files.
 *
 * @param root the root of the file tree: {@code /}, or a directory of a test
 */
record Machine(Path root) {

    /** The machine that procmon runs on. */
    static Machine here() {
        return new Machine(Path.of("/"));
    }

    /** A file's text without surrounding white space; empty if the file is missing or not readable. */
    Optional<String> text(String file) {
        try {
            return Optional.of(Files.readString(path(file)).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A compressed file's text; empty if the file is missing or not readable. */
    Optional<String> gzippedText(String file) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(path(file)))) {
            return Optional.of(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean isReadable(String file) {
        return Files.isReadable(path(file));
    }

    private Path path(String file) {
        return root.resolve(file.substring(1));
    }
}
