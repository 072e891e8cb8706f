package io.procmon.spool;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.Page;

/**
 * Saves what can be read of a damaged store into a new one. Each page tells where its children are, so a torn one costs
 * what is on it, and nothing else; to go back to an older state of the store would cost all that came after.
 */
final class Salvage {

    private static final int COMMIT_BYTES = 1 << 20;

    private final MVStore to;
    private final MVMap<Long, byte[]> saved;
    private long last = -1;
    private int uncommitted;

    private Salvage(MVStore to) {
        this.to = to;
        this.saved = SpoolFile.records(to);
    }

    /**
     * Copies all records that are whole, in order.
     *
     * @throws RuntimeException if not even the root can be read
     */
    static void copy(MVStore from, MVStore to) {
        Salvage salvage = new Salvage(to);
        salvage.page(SpoolFile.records(from).getRootPage());
        to.commit();
    }

    private void page(Page<Long, byte[]> page) {
        int size = page.isLeaf() ? page.getKeyCount() : page.getRawChildPageCount();
        for (int i = 0; i < size; i++) {
            if (page.isLeaf()) {
                record(page.getKey(i), page.getValue(i));
            } else {
                child(page, i);
            }
        }
    }

    private void child(Page<Long, byte[]> page, int index) {
        Page<Long, byte[]> child;
        try {
            child = page.getChildPage(index);
        } catch (RuntimeException torn) { // MVStore does not expect it, and fails in many ways
            return;
        }
        page(child);
    }

    private void record(long position, byte[] record) {
        if (position <= last || !RecordFormat.isWhole(record)) {
            return;
        }
        saved.put(position, record);
        last = position;
        uncommitted += record.length;
        if (uncommitted > COMMIT_BYTES) {
            to.commit();
            uncommitted = 0;
        }
    }
}
