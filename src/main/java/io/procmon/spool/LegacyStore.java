package io.procmon.spool;

import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.Page;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;

/**
 * Reads the spool of earlier versions, an H2 MVStore in the file {@code spool.mv}, and moves its records to the
 * journal.
 */
final class LegacyStore {

    private static final String NAME = "spool.mv";
    private static final int GROUP = 1024;

    private final Journal journal;
    private final List<Long> moved = new ArrayList<>();
    private boolean isOfLaterVersion;
    private long expected;
    private long end;

    private LegacyStore(Journal journal) {
        this.journal = journal;
    }

    /**
     * Moves all records of an old spool into the journal, then renames the old file.
     *
     * @return the number of records that could not be read
     * @throws IOException if the file cannot be renamed
     */
    static long moveInto(Journal journal, Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        return Files.isRegularFile(file) ? new LegacyStore(journal).move(file) : 0;
    }

    private long move(Path file) throws IOException {
        String damage;
        try {
            damage = read(file);
        } catch (IOException e) { // a full disk: the next start tries again
            Log.warnf("the spool of an earlier version, %s, stays for now: %s", file, e.getMessage());
            undo();
            return 0;
        }
        if (isOfLaterVersion) {
            undo();
            Path aside = rename(file, "newer");
            Log.errorf(
                    "the spool %s was written by a later version of procmon: its %d activities are kept as %s; to send"
                            + " them, start that version with the file back in its place",
                    file, expected, aside);
            return 0;
        }
        long lost = Math.max(0, expected - moved.size());
        if (damage != null || lost > 0) {
            Path aside = rename(file, "damaged");
            Log.warnf(
                    "the spool of an earlier version is damaged (%s): %d of %d activities are lost; the file is kept as"
                            + " %s",
                    damage == null ? "activities are missing" : damage, lost, Math.max(expected, moved.size()), aside);
        } else {
            Path aside = rename(file, "moved");
            Log.infof(
                    "%d activities of an earlier version's spool are in the journal now; the old file is %s",
                    moved.size(), aside);
        }
        return lost;
    }

    /** Moves the readable records; returns the defect of the file, or null. */
    private String read(Path file) throws IOException {
        try (MVStore store = new MVStore.Builder()
                .fileName(file.toString())
                .readOnly()
                .cacheSize(1)
                .open()) {
            read(store);
            journal.commit();
            return null;
        } catch (MVStoreException e) {
            if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw new IOException("another procmon uses it", e);
            }
            journal.commit();
            return reason(e);
        } catch (RuntimeException | OutOfMemoryError e) { // a damaged store fails in many ways
            journal.commit();
            return reason(e);
        }
    }

    /** The records of a store, by position. */
    static MVMap<Long, byte[]> records(MVStore store) {
        return store.openMap(
                "activities",
                new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
    }

    private void read(MVStore store) throws IOException {
        MVMap<Long, byte[]> records = records(store);
        expected = records.sizeAsLong();
        Long last = records.lastKey();
        isOfLaterVersion = last != null && RecordFormat.isNewer(records.get(last));
        if (isOfLaterVersion) {
            return;
        }
        end = journal.end();
        page(records.getRootPage());
    }

    /** Each page contains the positions of its children, so a torn page loses only its own records. */
    private void page(Page<Long, byte[]> page) throws IOException {
        int size = page.isLeaf() ? page.getKeyCount() : page.getRawChildPageCount();
        for (int i = 0; i < size; i++) {
            if (page.isLeaf()) {
                move(page.getKey(i), page.getValue(i));
            } else {
                child(page, i);
            }
        }
    }

    private void child(Page<Long, byte[]> page, int index) throws IOException {
        Page<Long, byte[]> child;
        try {
            child = page.getChildPage(index);
        } catch (RuntimeException torn) { // MVStore does not expect it, and fails in many ways
            Log.debugf("a page of the old spool is torn: %s", reason(torn));
            return;
        }
        page(child);
    }

    private void move(long oldPosition, byte[] record) throws IOException {
        if (!RecordFormat.isWhole(record)) {
            return;
        }
        long position = Math.max(end, oldPosition);
        journal.add(position, record);
        moved.add(position);
        end = position + record.length;
        if (moved.size() % GROUP == 0) {
            journal.commit();
        }
    }

    /** The next start tries again, so nothing may stay in the journal. */
    private void undo() {
        moved.forEach(journal::remove);
        try {
            journal.commit();
        } catch (IOException e) {
            Log.debugf("the spool cannot be written: %s", e.getMessage());
        }
    }

    private static Path rename(Path file, String why) throws IOException {
        Path aside = file.resolveSibling("%s.%s-%d".formatted(NAME, why, System.currentTimeMillis()));
        Files.move(file, aside);
        return aside;
    }

    private static String reason(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
