package io.procmon.classroom.logbook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/**
 * A map of the logbook's file beside the attempts. Its keys are sorted. Changes that are not committed yet are also in
 * memory. If the file fails, they are applied to the file that replaces it. One thread changes it; any thread reads.
 */
final class SideMap {

    private final String name;
    private final boolean isCommitted;

    /** The changes that no commit has written yet, by key, in the order of arrival; empty for a removal. */
    private final Map<String, Optional<byte[]>> unsaved = new LinkedHashMap<>();

    /** Null until the logbook is open. */
    private volatile MVMap<String, byte[]> stored;

    /**
     * @param name the name of the map in the file
     * @param isCommitted whether commits write the map; a logbook in memory has none
     */
    SideMap(String name, boolean isCommitted) {
        this.name = name;
        this.isCommitted = isCommitted;
    }

    String name() {
        return name;
    }

    /** Uses the map of another file from now on. */
    void use(MVMap<String, byte[]> map) {
        stored = map;
        unsaved.forEach((key, record) -> record.ifPresentOrElse(it -> map.put(key, it), () -> map.remove(key)));
    }

    /** The map that is in use. */
    MVMap<String, byte[]> stored() {
        return stored;
    }

    void addAll(Map<String, byte[]> records) {
        records.forEach(stored::putIfAbsent);
    }

    /** The record of a key; empty if there is none, or if the logbook is not open. */
    Optional<byte[]> get(String key) {
        return Optional.ofNullable(stored).map(map -> map.get(key));
    }

    void put(String key, byte[] record) {
        stored.put(key, record);
        note(key, Optional.of(record));
    }

    void remove(String key) {
        if (stored.remove(key) != null) {
            note(key, Optional.empty());
        }
    }

    /** Removes the records of all keys that begin with a prefix. */
    void removeAll(String prefix) {
        String key = stored.ceilingKey(prefix);
        while (key != null && key.startsWith(prefix)) {
            remove(key);
            key = stored.ceilingKey(prefix);
        }
    }

    /** Whether a key begins with a prefix. */
    boolean hasAny(String prefix) {
        String key = stored.ceilingKey(prefix);
        return key != null && key.startsWith(prefix);
    }

    /** Removes the first records of a prefix if it has more than a number of them. */
    void limit(String prefix, int most) {
        String last = stored.floorKey(AttemptKey.end(prefix));
        if (last == null || !last.startsWith(prefix)) {
            return;
        }
        long count = stored.getKeyIndex(last) - stored.getKeyIndex(stored.ceilingKey(prefix)) + 1;
        for (; count > most; count--) {
            remove(stored.ceilingKey(prefix));
        }
    }

    /** Passes the records of all keys that begin with a prefix, in order; none if the logbook is not open. */
    void each(String prefix, BiConsumer<String, byte[]> consumer) {
        MVMap<String, byte[]> map = stored;
        if (map == null) {
            return;
        }
        Cursor<String, byte[]> cursor = map.cursor(prefix, AttemptKey.end(prefix), false);
        while (cursor.hasNext()) {
            consumer.accept(cursor.next(), cursor.getValue());
        }
    }

    private void note(String key, Optional<byte[]> record) {
        if (isCommitted) {
            unsaved.put(key, record);
        }
    }

    /** The changes that no commit has written yet. */
    Map<String, Optional<byte[]>> unsaved() {
        return Map.copyOf(unsaved);
    }

    /** Notes that a commit has written changes. */
    void saved(Map<String, Optional<byte[]>> written) {
        written.forEach(unsaved::remove);
    }

    boolean isUnsaved() {
        return !unsaved.isEmpty();
    }
}
