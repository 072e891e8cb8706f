package io.procmon.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.procmon.events.Report;
import io.procmon.privacy.OwnerOnlyFiles;
import io.quarkus.logging.Log;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What no backend would take, in a file beside the spool: a line of JSON each, for people, {@code jq}, and to be sent
 * again. Thread-safe; another process may read, and move it to be re-sent, at any time.
 */
public final class DeadLetters {

    private static final String NAME = "dead-letters.ndjson";
    private static final String MARKED = "dead-letters.resend*.ndjson";

    private final Optional<Path> directory;
    private final Runnable marked;
    private Optional<MarkedLetters> beingRead = Optional.empty();

    /** @param directory the spool's; without one, dead letters are lost, and that is said for each */
    public DeadLetters(Optional<Path> directory) {
        this(directory, () -> {});
    }

    /** @param marked runs after letters were marked by this process */
    DeadLetters(Optional<Path> directory, Runnable marked) {
        this.directory = directory;
        this.marked = marked;
    }

    /** Adds letters, durably. */
    synchronized void add(List<DeadLetter> letters) throws IOException {
        if (directory.isEmpty()) {
            Log.warnf("%d refused activities are gone: procmon.spool.dir is not set", letters.size());
            return;
        }
        append(letters.stream()
                .map(letter -> letter.line() + "\n")
                .collect(Collectors.joining())
                .getBytes(UTF_8));
    }

    /** All of it or nothing; half a line that a crash has left is ended, so that it spoils no other. */
    private void append(byte[] lines) throws IOException {
        try (FileChannel file = FileChannel.open(file(NAME), Set.of(CREATE, READ, WRITE), OwnerOnlyFiles.PERMISSIONS)) {
            long size = file.size();
            try {
                file.position(size);
                if (!endsInNewline(file)) {
                    write(file, new byte[] {'\n'});
                }
                write(file, lines);
                file.force(false);
            } catch (IOException e) {
                file.truncate(size);
                throw e;
            }
        }
    }

    private static boolean endsInNewline(FileChannel file) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return file.size() == 0 || (file.read(last, file.size() - 1) == 1 && last.get(0) == '\n');
    }

    private static void write(FileChannel file, byte[] lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(lines);
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    /** All letters, the oldest first: a line of JSON each. There may be more of them than memory holds. */
    public Reader read() throws IOException {
        return directory.isPresent() ? read(file(NAME)) : Reader.nullReader();
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
        try {
            Files.move(file(NAME), file(nameOfItsOwn()), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            Log.debug("there are no dead letters to be marked", e);
        }
        long count = 0;
        for (Path file : markedFiles()) {
            count += count(file);
        }
        marked.run();
        return count;
    }

    /** Nobody else has it, so that what is marked meanwhile is not taken for what has been read. */
    private static String nameOfItsOwn() {
        return MARKED.replace("*", "-%d-%s".formatted(System.currentTimeMillis(), UUID.randomUUID()));
    }

    /** The next of the letters that are marked, as many as there is memory for; empty when there are no more. */
    synchronized List<Report> marked() throws IOException {
        if (beingRead.isEmpty()) {
            Optional<Path> oldest = markedFiles().stream().findFirst();
            beingRead = oldest.isPresent() ? Optional.of(new MarkedLetters(oldest.get())) : Optional.empty();
        }
        return beingRead.isPresent() ? beingRead.get().next() : List.of();
    }

    /** All that was read of the marked letters is in the spool again: what could not be read stays among the dead ones. */
    synchronized void unmark() throws IOException {
        if (beingRead.isEmpty()) {
            return;
        }
        MarkedLetters read = beingRead.get();
        if (read.hasUnreadable()) {
            append(read.unreadable());
            Log.warnf("%d dead letters cannot be read, and stay dead", read.forgetUnreadable());
        }
        if (read.isAtEnd()) {
            read.delete();
            beingRead = Optional.empty();
        }
    }

    private List<Path> markedFiles() throws IOException {
        if (directory.isEmpty() || !Files.isDirectory(directory.get())) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> marked = Files.newDirectoryStream(directory.get(), MARKED)) {
            marked.forEach(files::add);
        }
        Collections.sort(files);
        return files;
    }

    private static Reader read(Path file) throws IOException {
        try {
            return new InputStreamReader(Files.newInputStream(file), UTF_8);
        } catch (NoSuchFileException e) {
            return Reader.nullReader();
        }
    }

    private static long count(Path file) throws IOException {
        try (BufferedReader letters = new BufferedReader(read(file))) {
            return letters.lines().count();
        }
    }

    private Path file(String name) {
        return directory.orElseThrow().resolve(name);
    }
}
