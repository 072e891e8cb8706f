package io.procmon.classroom.logbook;

import io.procmon.classroom.workflow.PatternFound;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The patterns that programs show by running on, from one look to the next. It remembers no more than there are of them.
 * Not thread-safe.
 */
final class RunningPatterns {

    /**
     * A pattern that has been told.
     *
     * @param asLastSeen up to when it was there
     * @param missed whether it was not there at the last look
     */
    private record Told(PatternFound asLastSeen, boolean missed) {}

    private Map<UUID, Told> told = new LinkedHashMap<>();

    /**
     * Compares a look with the one before.
     *
     * @param seen what is there now
     * @return what was not there before; and what was, but is missing for the second time, as over: when a program has
     *     just ended, what it has done is still on its way to the logbook
     */
    List<PatternFound> newsOf(List<PatternFound> seen) {
        List<PatternFound> news = new ArrayList<>();
        Map<UUID, Told> now = new LinkedHashMap<>();
        for (PatternFound pattern : seen) {
            if (!told.containsKey(pattern.eventId())) {
                news.add(pattern);
            }
            now.put(pattern.eventId(), new Told(pattern, false));
        }
        told.forEach((id, before) -> {
            if (!now.containsKey(id)) {
                if (before.missed()) {
                    news.add(before.asLastSeen().over());
                } else {
                    now.put(id, new Told(before.asLastSeen(), true));
                }
            }
        });
        told = now;
        return news;
    }
}
