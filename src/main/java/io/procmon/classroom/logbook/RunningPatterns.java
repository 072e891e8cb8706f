package io.procmon.classroom.logbook;

import io.procmon.classroom.workflow.PatternFound;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Compares the patterns of running programs between two checks. It remembers only the patterns that exist now. Not
 * thread-safe.
 */
final class RunningPatterns {

    /**
     * A pattern that was reported.
     *
     * @param asLastSeen the pattern at the last check that found it
     * @param missed whether the last check did not find it
     */
    private record Reported(PatternFound asLastSeen, boolean missed) {}

    private Map<UUID, Reported> reported = new LinkedHashMap<>();

    /**
     * Compares the found patterns with those of the check before.
     *
     * @param seen the patterns that exist now
     * @return the patterns that are new, and those that are over because two checks did not find them. One check is not
     * enough: after a program has ended, its attempt may reach the logbook a moment later
     */
    List<PatternFound> newsOf(List<PatternFound> seen) {
        List<PatternFound> news = new ArrayList<>();
        Map<UUID, Reported> now = new LinkedHashMap<>();
        for (PatternFound pattern : seen) {
            if (!reported.containsKey(pattern.eventId())) {
                news.add(pattern);
            }
            now.put(pattern.eventId(), new Reported(pattern, false));
        }
        reported.forEach((id, before) -> {
            if (!now.containsKey(id)) {
                if (before.missed()) {
                    news.add(before.asLastSeen().over());
                } else {
                    now.put(id, new Reported(before.asLastSeen(), true));
                }
            }
        });
        reported = now;
        return news;
    }
}
