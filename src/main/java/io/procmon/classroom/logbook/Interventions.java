package io.procmon.classroom.logbook;

import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/**
 * The newest interventions of each work, in a map of the logbook's file. Those that are not committed yet are also in
 * memory. If the file fails, they are added to the file that replaces it. One thread changes them; any thread reads.
 */
final class Interventions {

    /** The interventions that no commit has written yet, by key, in the order of arrival. */
    private final Map<String, byte[]> unsaved = new LinkedHashMap<>();

    private final boolean isCommitted;
    private volatile MVMap<String, byte[]> stored;

    /** @param isCommitted whether commits write the map; a logbook in memory has none */
    Interventions(boolean isCommitted) {
        this.isCommitted = isCommitted;
    }

    /** Uses the map of another file from now on. */
    void use(MVMap<String, byte[]> map) {
        stored = map;
        addAll(unsaved);
    }

    /** The map that is in use. */
    MVMap<String, byte[]> stored() {
        return stored;
    }

    void addAll(Map<String, byte[]> records) {
        records.forEach(stored::putIfAbsent);
    }

    /**
     * Adds an intervention, and removes the oldest one of its work if there are too many.
     *
     * @return whether it was added; a repeated one is not, nor is one that is older than all for which there is room
     */
    boolean add(String key, byte[] record) {
        if (stored.putIfAbsent(key, record) != null) {
            return false;
        }
        String prefix = AttemptKey.prefixOf(key);
        String first = stored.ceilingKey(prefix);
        long count = stored.getKeyIndex(stored.floorKey(AttemptKey.end(prefix))) - stored.getKeyIndex(first) + 1;
        if (count > AttemptStore.INTERVENTIONS_MAX) {
            remove(first);
        }
        boolean isAdded = stored.containsKey(key);
        if (isAdded && isCommitted) {
            unsaved.put(key, record);
        }
        return isAdded;
    }

    /** Removes the interventions of a work. */
    void forget(String prefix) {
        String key = stored.ceilingKey(prefix);
        while (key != null && key.startsWith(prefix)) {
            remove(key);
            key = stored.ceilingKey(prefix);
        }
    }

    private void remove(String key) {
        stored.remove(key);
        unsaved.remove(key);
    }

    /** The interventions that no commit has written yet. */
    Map<String, byte[]> unsaved() {
        return Map.copyOf(unsaved);
    }

    /** Notes that a commit has written interventions. */
    void saved(Map<String, byte[]> written) {
        written.forEach(unsaved::remove);
    }

    boolean isUnsaved() {
        return !unsaved.isEmpty();
    }

    /** The interventions of a work, in order. */
    List<Intervention> of(Work work) {
        String prefix = AttemptKey.prefix(work);
        List<Intervention> found = new ArrayList<>();
        Cursor<String, byte[]> cursor = stored.cursor(prefix, AttemptKey.end(prefix), false);
        while (cursor.hasNext()) {
            InterventionFormat.decode(cursor.next(), cursor.getValue()).ifPresent(found::add);
        }
        return found;
    }
}
