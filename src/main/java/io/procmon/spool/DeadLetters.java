package io.procmon.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What no backend would take, in a file beside the spool: a line of JSON each, for people, {@code jq}, and to be sent
 * again. Thread-safe; another process may read, and move it to be re-sent, at any time.
 */
public final class DeadLetters {

    private static final String NAME = "dead-letters.ndjson";
    private static final String RESEND = "dead-letters.resend.ndjson";

    private final Optional<Path> directory;

    /** @param directory the spool's; without one, dead letters are lost, and that is said for each */
    public DeadLetters(Optional<Path> directory) {
        this.directory = directory;
    }

    /** Adds letters, durably. */
    synchronized void add(List<DeadLetter> letters) throws IOException {
        if (directory.isEmpty()) {
            Log.warnf("%d refused activities are gone: procmon.spool.dir is not set", letters.size());
            return;
        }
        String lines = letters.stream().map(letter -> letter.line() + "\n").collect(Collectors.joining());
        ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(UTF_8));
        try (FileChannel file = FileChannel.open(file(NAME), Set.of(CREATE, WRITE, APPEND), OwnerOnly.PERMISSIONS)) {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        }
    }

    /** All letters, the oldest first: a line of JSON each. */
    public List<String> lines() throws IOException {
        return directory.isPresent() ? lines(file(NAME)) : List.of();
    }

    /**
     * Marks all letters to be sent again, by this procmon or the one that watches this directory.
     *
     * @return how many; those marked before, and not yet taken, included
     */
    public synchronized long mark() throws IOException {
        if (directory.isEmpty()) {
            return 0;
        }
        if (Files.exists(file(NAME))) {
            if (Files.exists(file(RESEND))) {
                Files.write(file(RESEND), Files.readAllBytes(file(NAME)), APPEND);
                Files.delete(file(NAME));
            } else {
                Files.move(file(NAME), file(RESEND), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return lines(file(RESEND)).size();
    }

    /** The letters that are marked. */
    synchronized List<DeadLetter> marked() throws IOException {
        if (directory.isEmpty()) {
            return List.of();
        }
        List<DeadLetter> letters = new ArrayList<>();
        for (String line : lines(file(RESEND))) {
            try {
                letters.add(DeadLetter.parse(line));
            } catch (JsonProcessingException e) {
                Log.warnf("a dead letter cannot be read, and is left out: %s", e.getOriginalMessage());
            }
        }
        return letters;
    }

    /** The marked letters are in the spool again. */
    synchronized void unmark() throws IOException {
        Files.deleteIfExists(file(RESEND));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file, UTF_8) : List.of();
    }

    private Path file(String name) {
        return directory.orElseThrow().resolve(name);
    }
}
