package io.procmon.spool;

import io.procmon.privacy.OwnerOnlyFiles;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects the damage that an opening finds, keeps a copy of the damaged files, and reports all of it in one warning.
 */
final class JournalDamage {

    private final Path directory;
    private final List<String> notes = new ArrayList<>();
    private final List<Path> asides = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();

    /**
     * Records that are missing.
     *
     * @param count the number of them that were not settled
     * @param of the number of records in that segment that were not settled
     * @param from the position after the last record before them
     * @param to the position of the next record after them
     */
    record Loss(long count, long of, long from, long to, Optional<Instant> keptFrom, Optional<Instant> keptTo) {}

    JournalDamage(Path directory) {
        this.directory = directory;
    }

    /** Adds a defect that loses no record by itself. */
    void note(String what) {
        if (!notes.contains(what)) {
            notes.add(what);
        }
    }

    /** The manifest cannot be used: a whole segment could be missing unnoticed. */
    void manifest(String what) {
        note(what + ", so it is unknown whether a whole segment is missing");
        Path file = directory.resolve(Manifest.NAME);
        if (Files.exists(file)) {
            keepAside(file);
        }
    }

    /** @param file the damaged file; null if it is missing */
    void lost(Path file, Loss loss) {
        losses.add(loss);
        if (file == null) {
            note("a segment is missing");
        } else {
            keepAside(file);
        }
    }

    /**
     * Keeps the damaged file under a second name. A hard link needs no space; if the file system has no hard links, the
     * file is copied.
     */
    private void keepAside(Path file) {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + System.currentTimeMillis());
        try {
            try {
                Files.createLink(aside, file);
            } catch (IOException | UnsupportedOperationException e) {
                Files.copy(file, aside);
                Files.setPosixFilePermissions(aside, OwnerOnlyFiles.MODE);
            }
            asides.add(aside);
        } catch (IOException | RuntimeException e) {
            note("%s cannot be copied: %s".formatted(file, e.getMessage()));
        }
    }

    /** Moves all files of the journal into another directory next to it. */
    static Path setAllAside(Path directory, String why) throws IOException {
        Path aside = directory.resolve("spool." + why + "-" + System.currentTimeMillis());
        Files.createDirectories(aside);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "spool*")) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (name.equals(Manifest.NAME) || Segment.firstOrdinal(file).isPresent()) {
                    Files.move(file, aside.resolve(name));
                }
            }
        }
        return aside;
    }

    /** Reports the damage, if there is any. */
    void say(long left) {
        if (losses.isEmpty() && notes.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder("the spool in %s is damaged".formatted(directory));
        long lost = losses.stream().mapToLong(Loss::count).sum();
        text.append(": %d of %d activities are lost".formatted(lost, lost + left));
        for (Loss loss : losses) {
            text.append("; %d of %d at positions %d to %d".formatted(loss.count, loss.of, loss.from, loss.to));
            loss.keptFrom.ifPresent(it -> text.append(", kept after ").append(it));
            loss.keptTo.ifPresent(it -> text.append(", kept before ").append(it));
        }
        notes.forEach(note -> text.append("; ").append(note));
        if (!asides.isEmpty()) {
            text.append("; copies of the damaged files: ").append(asides);
        }
        Log.warn(text);
    }
}
