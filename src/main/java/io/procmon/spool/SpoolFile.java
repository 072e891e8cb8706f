package io.procmon.spool;

import io.procmon.privacy.OwnerOnlyFiles;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.MVStoreTool;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;

/**
 * The records on disk, by position. What {@link #commit} has returned for is there after a power cut; what was changed
 * since is not there at all. One thread uses it, and nobody may interrupt it: an interrupt closes Java's file channels.
 */
final class SpoolFile implements AutoCloseable {

    /** Small pages: a commit rewrites the page that it adds to. */
    private static final int PAGE_BYTES = 4096;

    private static final int CACHE_MEGABYTES = 1;

    /** How long replaced data stays readable, so that a commit that never reached the disk has something to fall back to. */
    private static final int RETENTION_MILLIS = 5000;

    private static final String NAME = "spool.mv";

    private static final Set<Integer> DAMAGE = Set.of(
            DataUtils.ERROR_FILE_CORRUPT,
            DataUtils.ERROR_INTERNAL,
            DataUtils.ERROR_READING_FAILED,
            DataUtils.ERROR_CHUNK_NOT_FOUND);

    private final Path path;
    private final MVStore store;
    private final MVMap<Long, byte[]> records;

    private SpoolFile(Path path, MVStore store) {
        this.path = path;
        this.store = store;
        this.records = records(store);
    }

    /** What a store holds, by position. */
    static MVMap<Long, byte[]> records(MVStore store) {
        return store.openMap(
                "activities",
                new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
    }

    /**
     * Opens the file in a directory, and makes both if there are none. Of a damaged file counts what can be read of its
     * newest state, or else its newest state that is complete, or else a new one begins; the damaged one is put aside, for
     * people to look at. So is one that a later procmon has written to, until there is a later procmon again.
     *
     * @throws IOException if there can be no file, or another procmon has it
     */
    static SpoolFile open(Path directory) throws IOException {
        try {
            Files.createDirectories(directory);
            Path path = directory.resolve(NAME);
            OwnerOnlyFiles.create(path);
            SpoolFile file = openOrRepair(path);
            return file.isOfLaterProcmon() ? file.putAside() : file;
        } catch (MVStoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static SpoolFile openOrRepair(Path path) throws IOException {
        try {
            return openWhole(path);
        } catch (RuntimeException damage) { // MVStore does not expect torn pages, and fails in many ways
            if (damage instanceof MVStoreException it && !DAMAGE.contains(it.getErrorCode())) {
                throw damage;
            }
            return repair(path, damage);
        }
    }

    /** Reads all of it once: damage that only showed later would find nobody to repair it. */
    private static SpoolFile openWhole(Path path) {
        MVStore store = store(path);
        try {
            SpoolFile file = new SpoolFile(path, store);
            file.check();
            return file;
        } catch (RuntimeException damage) {
            store.closeImmediately();
            throw damage;
        }
    }

    private void check() {
        long before = -1;
        long left = count();
        Cursor<Long, byte[]> cursor = records.cursor(null);
        while (cursor.hasNext()) {
            long position = cursor.next();
            if (position <= before || !RecordFormat.isWhole(cursor.getValue())) {
                throw DataUtils.newMVStoreException(
                        DataUtils.ERROR_FILE_CORRUPT, "the activity at {0} is damaged", position);
            }
            before = position;
            left--;
        }
        if (left != 0) { // a page of zeros can look like one without records
            throw DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "{0} activities are missing", left);
        }
    }

    private static SpoolFile repair(Path path, RuntimeException damage) throws IOException {
        Path aside = path.resolveSibling(NAME + ".damaged-" + System.currentTimeMillis());
        Path repaired = path.resolveSibling(NAME + ".repaired");
        boolean hope = salvage(path, repaired) || rollBack(path, repaired);
        if (!hope) {
            createAnew(repaired);
        }
        Files.move(path, aside);
        Files.move(repaired, path, StandardCopyOption.ATOMIC_MOVE);
        SpoolFile file = new SpoolFile(path, store(path));
        if (hope) {
            Log.warnf(
                    "the spool was damaged (%s): repaired, with %d activities; the damaged file is kept as %s",
                    damage.getMessage(), file.count(), aside);
        } else {
            Log.errorf(
                    "the spool is damaged beyond repair (%s): a new one begins; the damaged file is kept as %s",
                    damage.getMessage(), aside);
        }
        return file;
    }

    /** Saves all that can be read of the newest state; whether there is any. */
    private static boolean salvage(Path path, Path repaired) throws IOException {
        createAnew(repaired);
        try (MVStore from = builder(path).readOnly().open();
                MVStore to = store(repaired)) {
            Salvage.copy(from, to);
            return true;
        } catch (RuntimeException hopeless) {
            Log.debugf("the spool's newest state cannot be read: %s", hopeless.getMessage());
            return false;
        }
    }

    /** Goes back to the newest state that is complete; whether there is any. */
    private static boolean rollBack(Path path, Path repaired) throws IOException {
        createAnew(repaired);
        Files.copy(path, repaired, StandardCopyOption.REPLACE_EXISTING);
        try {
            MVStoreTool.repair(repaired.toString());
            Files.setPosixFilePermissions(repaired, OwnerOnlyFiles.MODE);
            openWhole(repaired).close();
            return true;
        } catch (RuntimeException hopeless) {
            Log.debugf("no state of the spool can be read: %s", hopeless.getMessage());
            return false;
        } finally {
            Files.deleteIfExists(repaired.resolveSibling(repaired.getFileName() + ".temp"));
            Files.deleteIfExists(repaired.resolveSibling(repaired.getFileName() + ".back"));
        }
    }

    private static void createAnew(Path path) throws IOException {
        Files.deleteIfExists(path);
        OwnerOnlyFiles.create(path);
    }

    /** The newest record tells: who finds one of a later procmon adds nothing behind it. */
    private boolean isOfLaterProcmon() {
        Long last = records.lastKey();
        return last != null && RecordFormat.isNewer(records.get(last));
    }

    private SpoolFile putAside() throws IOException {
        Path aside = path.resolveSibling(NAME + ".newer-" + System.currentTimeMillis());
        long kept = count();
        store.closeImmediately();
        Files.move(path, aside);
        OwnerOnlyFiles.create(path);
        Log.errorf(
                "the spool is a later procmon's: its %d activities are kept as %s, and a new spool begins; to send them,"
                        + " put that file in the place of %s, and start that procmon",
                kept, aside, path);
        return new SpoolFile(path, store(path));
    }

    private static MVStore store(Path path) {
        MVStore store = builder(path).open();
        store.setRetentionTime(RETENTION_MILLIS);
        store.setVersionsToKeep(0);
        return store;
    }

    private static MVStore.Builder builder(Path path) {
        return new MVStore.Builder()
                .fileName(path.toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .cacheSize(CACHE_MEGABYTES)
                .pageSplitSize(PAGE_BYTES);
    }

    void add(long position, byte[] record) {
        records.put(position, record);
    }

    void remove(long position) {
        records.remove(position);
    }

    /**
     * Makes all changes so far one step.
     *
     * @param durably whether it must also outlive a power cut, and not just this process
     */
    void commit(boolean durably) {
        store.commit();
        if (durably) {
            store.sync();
        }
    }

    /** Up to {@code max} records from a position on, in order; none more when they have that many bytes. */
    List<Map.Entry<Long, byte[]>> read(long from, int max, long maxBytes) {
        List<Map.Entry<Long, byte[]>> page = new ArrayList<>();
        Cursor<Long, byte[]> cursor = records.cursor(from);
        long bytes = 0;
        while (page.size() < max && bytes < maxBytes && cursor.hasNext()) {
            long position = cursor.next();
            page.add(Map.entry(position, cursor.getValue()));
            bytes += cursor.getValue().length;
        }
        return page;
    }

    byte[] read(long position) {
        return records.get(position);
    }

    /** The first position from one on; null if there is none. */
    Long first(long from) {
        return records.ceilingKey(from);
    }

    /** The position behind the last record, now or ever: positions are never used twice in a row. */
    long end() {
        Long last = records.lastKey();
        return last == null ? 0 : last + records.get(last).length;
    }

    long count() {
        return records.sizeAsLong();
    }

    /** What it takes on disk; nothing if somebody has removed it. */
    long fileSize() {
        return path.toFile().length();
    }

    /** Leaves the file as large as it is: to make it smaller can take more memory than there is. */
    @Override
    public void close() {
        store.close();
    }

    /** Leaves the file as the last commit left it: after a failure, when nothing can be written. */
    void abandon() {
        store.closeImmediately();
    }
}
