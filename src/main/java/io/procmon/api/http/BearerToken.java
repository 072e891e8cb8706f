package io.procmon.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;

/**
 * A bearer token in a file. The file is read again when it has changed, because Kubernetes and Vault replace tokens in
 * place. The token never appears in a message. Thread-safe.
 */
final class BearerToken {

    private static final long LOOK_AGAIN = Duration.ofSeconds(1).toNanos();

    private final Path file;
    private volatile Read latest;

    private record Read(String header, FileTime modified, long size, long lookedAt) {}

    /** @throws IOException if the file cannot be read at start-up */
    BearerToken(Path file) throws IOException {
        this.file = file;
        this.latest = read();
    }

    /** The value of the header {@code Authorization}. */
    String header() {
        Read known = latest;
        if (System.nanoTime() - known.lookedAt < LOOK_AGAIN) {
            return known.header;
        }
        try {
            Read now =
                    isUnchanged(known) ? new Read(known.header, known.modified, known.size, System.nanoTime()) : read();
            latest = now;
            return now.header;
        } catch (IOException e) {
            Log.warnf("the token's file cannot be read (%s): procmon uses the previous token", e.getMessage());
            latest = new Read(known.header, known.modified, known.size, System.nanoTime());
            return known.header;
        }
    }

    private boolean isUnchanged(Read known) throws IOException {
        return Files.getLastModifiedTime(file).equals(known.modified) && Files.size(file) == known.size;
    }

    private Read read() throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        String content = Files.readString(file, UTF_8);
        return new Read("Bearer " + content.strip(), modified, Files.size(file), System.nanoTime());
    }
}
