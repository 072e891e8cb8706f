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
 * The reports that the backend rejected, in a file in the directory of the spool, one line of JSON each. People can
 * read them with {@code jq}, and procmon can send them again. Thread-safe. Another process may read the file, or move
 * it for resending, at any time.
 */
public final class DeadLetters {

    private static final String NAME = "dead-letters.ndjson";
    private static final String MARKED = "dead-letters.resend*.ndjson";

    private final Optional<Path> directory;
    private final Runnable marked;
    private Optional<MarkedLetters> beingRead = Optional.empty();

    /** @param directory the spool's directory; if it is empty, dead letters are dropped with a warning */
    public DeadLetters(Optional<Path> directory) {
        this(directory, () -> {});
    }

    /** @param marked runs after this process has marked letters */
    DeadLetters(Optional<Path> directory, Runnable marked) {
        this.directory = directory;
        this.marked = marked;
    }

    /** Adds letters, durably. */
    synchronized void add(List<DeadLetter> letters) throws IOException {
        if (directory.isEmpty()) {
            Log.warnf("%d rejected activities are lost: procmon.spool.dir is not set", letters.size());
            return;
        }
        append(letters.stream()
                .map(letter -> letter.line() + "\n")
                .collect(Collectors.joining())
                .getBytes(UTF_8));
    }

    /**
     * Appends all lines or none. A partial line that a crash has left is ended first, so that it damages no other line.
     */
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

    /**
     * All letters, the oldest first, one line of JSON each. They may exceed the memory, so the caller reads them as a
     * stream.
     */
    public Reader read() throws IOException {
        return directory.isPresent() ? read(file(NAME)) : Reader.nullReader();
    }

    /**
     * Marks all letters for resending, by this procmon or by the one that uses this directory.
     *
     * @return the number of marked letters, including those that were marked before and are not yet taken
     */
    public synchronized long mark() throws IOException {
        if (directory.isEmpty()) {
            return 0;
        }
        try {
            Files.move(file(NAME), file(nameOfItsOwn()), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            Log.debug("there are no dead letters to mark", e);
        }
        long count = 0;
        for (Path file : markedFiles()) {
            count += count(file);
        }
        marked.run();
        return count;
    }

    /**
     * A name that no other process uses, so that letters marked during the call are not mistaken for letters that were
     * read.
     */
    private static String nameOfItsOwn() {
        return MARKED.replace("*", "-%d-%s".formatted(System.currentTimeMillis(), UUID.randomUUID()));
    }

    /** The next marked letters, as many as fit into memory; empty at the end. */
    synchronized List<Report> marked() throws IOException {
        if (beingRead.isEmpty()) {
            Optional<Path> oldest = markedFiles().stream().findFirst();
            beingRead = oldest.isPresent() ? Optional.of(new MarkedLetters(oldest.get())) : Optional.empty();
        }
        return beingRead.isPresent() ? beingRead.get().next() : List.of();
    }

    /** Removes the marks after all letters are in the spool. Unreadable lines stay dead letters. */
    synchronized void unmark() throws IOException {
        if (beingRead.isEmpty()) {
            return;
        }
        MarkedLetters read = beingRead.get();
        if (read.hasUnreadable()) {
            append(read.unreadable());
            Log.warnf("%d dead letters cannot be read, and stay in the file", read.forgetUnreadable());
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
