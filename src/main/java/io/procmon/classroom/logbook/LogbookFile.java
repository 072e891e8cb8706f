package io.procmon.classroom.logbook;

import io.procmon.privacy.OwnerOnlyFiles;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * The store of a logbook: in a file, or in memory.
 *
 * @param store the open store; only {@link Logbook} commits it
 * @param file the file; empty if the store is in memory
 * @param key identifies the file, whatever is at its path later; null for a store in memory
 */
record LogbookFile(MVStore store, Optional<Path> file, Object key) {

    private static final String NAME = "workflow.mv";
    private static final int CACHE_MEGABYTES = 4;

    /**
     * Errors that are not damage: another procmon uses the file, the file cannot be written, or the store was closed
     * after such an error.
     */
    private static final Set<Integer> NO_DAMAGE =
            Set.of(DataUtils.ERROR_FILE_LOCKED, DataUtils.ERROR_WRITING_FAILED, DataUtils.ERROR_CLOSED);

    /**
     * Opens the file in a directory. Directory and file are created if necessary. A damaged file is renamed, and a new
     * file begins.
     *
     * @throws IOException if the file cannot be created, or another procmon uses it
     */
    static LogbookFile open(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        Files.createDirectories(directory);
        OwnerOnlyFiles.create(file);
        try {
            return of(openOrReplace(file), file);
        } catch (MVStoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Renames the damaged file in a directory, and opens a new one. */
    static LogbookFile openInsteadOfDamaged(Path directory, Exception damage) throws IOException {
        Path file = directory.resolve(NAME);
        try {
            return of(replace(file, damage), file);
        } catch (MVStoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Opens the file to be read only.
     *
     * @throws IOException if there is no file, or another process has it open
     */
    static LogbookFile read(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        if (Files.notExists(file)) {
            throw new IOException("there is no " + file);
        }
        try {
            return of(new MVStore.Builder().fileName(file.toString()).readOnly().open(), file);
        } catch (MVStoreException e) {
            throw new IOException(
                    e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
                            ? "a running procmon uses %s: request /api/export/progsnap2 from it".formatted(file)
                            : e.getMessage(),
                    e);
        }
    }

    /** Creates a store in memory, which ends with this process. */
    static LogbookFile inMemory() {
        return new LogbookFile(new MVStore.Builder().open(), Optional.empty(), null);
    }

    /** Whether the store survives the end of this process. */
    boolean isOnDisk() {
        return file.isPresent();
    }

    /** Whether the file was deleted or replaced. */
    boolean isRemoved() {
        return file.isPresent() && !key.equals(keyOf(file.get()));
    }

    /**
     * Whether an error may mean damage. H2 has checksums for its own records only, so reading a damaged page can cause
     * any error.
     */
    static boolean isDamage(RuntimeException trouble) {
        return isUnreadable(trouble)
                && !(trouble instanceof MVStoreException known
                        && known.getErrorCode() == DataUtils.ERROR_READING_FAILED);
    }

    /** Whether a file that was just opened is damaged or cut off. */
    static boolean isUnreadable(RuntimeException trouble) {
        return !(trouble instanceof MVStoreException known) || !NO_DAMAGE.contains(known.getErrorCode());
    }

    private static LogbookFile of(MVStore store, Path file) {
        return new LogbookFile(store, Optional.of(file), keyOf(file));
    }

    private static Object keyOf(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return "no file: " + e.getMessage();
        }
    }

    private static MVStore openOrReplace(Path file) throws IOException {
        try {
            return open(file.toString());
        } catch (MVStoreException damage) {
            if (!isUnreadable(damage)) {
                throw damage;
            }
            return replace(file, damage);
        }
    }

    private static MVStore replace(Path file, Exception damage) throws IOException {
        Path aside = file.resolveSibling(NAME + ".damaged");
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        Log.warnf(
                "%s is damaged (%s): procmon begins a new file; the old one is now %s",
                file, damage.getMessage(), aside);
        OwnerOnlyFiles.create(file);
        return open(file.toString());
    }

    private static MVStore open(String file) {
        return new MVStore.Builder()
                .fileName(file)
                .compress()
                .cacheSize(CACHE_MEGABYTES)
                .autoCommitDisabled()
                .open();
    }
}
