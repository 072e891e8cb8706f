package io.procmon.classroom.logbook;

import io.procmon.privacy.OwnerOnlyFiles;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** The file of a logbook: what is in it can be lost, so trouble with it ends nothing. */
final class LogbookFile {

    private static final String NAME = "workflow.mv";
    private static final int CACHE_MEGABYTES = 4;

    private LogbookFile() {}

    /**
     * A store that is open.
     *
     * @param onDisk whether it outlives this process
     */
    record Opened(MVStore store, boolean onDisk) {}

    /** Opens the file in a directory. A damaged one is put aside, and a new one begins; without any, memory has to do. */
    static Opened open(Optional<Path> directory) {
        if (directory.isEmpty()) {
            return inMemory();
        }
        Path file = directory.get().resolve(NAME);
        try {
            Files.createDirectories(directory.get());
            OwnerOnlyFiles.create(file);
            return new Opened(openOrReplace(file), true);
        } catch (IOException | MVStoreException e) {
            Log.warnf("what is known of the students' work is kept in memory only: %s", e.getMessage());
            return inMemory();
        }
    }

    /**
     * Opens the file to be read only.
     *
     * @throws IOException if there is none, or somebody else has it open
     */
    static Opened read(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        if (Files.notExists(file)) {
            throw new IOException("there is no " + file);
        }
        try {
            return new Opened(
                    new MVStore.Builder().fileName(file.toString()).readOnly().open(), true);
        } catch (MVStoreException e) {
            throw new IOException(
                    e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
                            ? "a procmon that runs has %s: ask it at /api/export/progsnap2".formatted(file)
                            : e.getMessage(),
                    e);
        }
    }

    /**
     * What to go on with after trouble with a file that could be opened. The file that is damaged is put aside; of one that
     * nobody can read or write now, memory takes the place.
     */
    static Opened after(RuntimeException trouble, Optional<Path> directory) {
        if (directory.isPresent() && isDamage(trouble)) {
            try {
                return new Opened(replace(directory.get().resolve(NAME), trouble), true);
            } catch (IOException | MVStoreException e) {
                trouble.addSuppressed(e);
            }
        }
        Log.warnf("what is known of the students' work is kept in memory only from now on: %s", trouble.getMessage());
        return inMemory();
    }

    /** The store has a checksum for its own records alone, so that a damaged page may be read, and make no sense. */
    private static boolean isDamage(RuntimeException trouble) {
        return !(trouble instanceof MVStoreException known) || known.getErrorCode() == DataUtils.ERROR_FILE_CORRUPT;
    }

    static Opened inMemory() {
        return new Opened(new MVStore.Builder().open(), false);
    }

    private static MVStore openOrReplace(Path file) throws IOException {
        try {
            return open(file);
        } catch (MVStoreException damage) {
            if (damage.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw damage; // another procmon has it
            }
            return replace(file, damage);
        }
    }

    private static MVStore replace(Path file, Exception damage) throws IOException {
        Path aside = file.resolveSibling(NAME + ".damaged");
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        Log.warnf("%s is damaged (%s): a new one begins; the old one is %s", file, damage.getMessage(), aside);
        OwnerOnlyFiles.create(file);
        return open(file);
    }

    private static MVStore open(Path file) {
        return new MVStore.Builder()
                .fileName(file.toString())
                .compress()
                .cacheSize(CACHE_MEGABYTES)
                .backgroundExceptionHandler((_, failure) ->
                        Log.warnf("what is known of the students' work could not be written: %s", failure.getMessage()))
                .open();
    }
}
