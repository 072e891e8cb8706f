package io.procmon.classroom.logbook;

import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.Work;
import java.util.ArrayList;
import java.util.List;

/** The newest interventions of each work. One thread changes them; any thread reads. */
final class Interventions {

    private final SideMap map;

    Interventions(SideMap map) {
        this.map = map;
    }

    /**
     * Adds an intervention, and removes the oldest one of its work if there are too many.
     *
     * @return whether it was added; a repeated one is not, nor is one that is older than all for which there is room
     */
    boolean add(Work work, Intervention intervention) {
        String key = InterventionFormat.key(work, intervention);
        if (map.get(key).isPresent()) {
            return false;
        }
        map.put(key, InterventionFormat.encode(intervention));
        map.limit(AttemptKey.prefix(work), AttemptStore.INTERVENTIONS_MAX);
        return map.get(key).isPresent();
    }

    /** Removes the interventions of a work. */
    void forget(String prefix) {
        map.removeAll(prefix);
    }

    /** The interventions of a work, in order. */
    List<Intervention> of(Work work) {
        List<Intervention> found = new ArrayList<>();
        map.each(
                AttemptKey.prefix(work),
                (key, record) -> InterventionFormat.decode(key, record).ifPresent(found::add));
        return found;
    }
}
