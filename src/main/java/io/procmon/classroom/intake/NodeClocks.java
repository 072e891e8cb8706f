package io.procmon.classroom.intake;

import io.procmon.config.Printable;
import io.quarkus.logging.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Detects nodes whose clock is ahead: their activities arrive before they have ended. A clock that is behind cannot be
 * distinguished from a late delivery, which is normal. Thread-safe.
 */
final class NodeClocks {

    /** The limit of the difference. The clocks of machines with a time service differ by much less. */
    private static final Duration AHEAD_MAX = Duration.ofMinutes(1);

    private static final Duration SAY_AGAIN = Duration.ofHours(1);
    private static final int NODES_MAX = 4096;

    private final Map<String, Instant> said = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > NODES_MAX;
        }
    };

    /**
     * Checks an activity.
     *
     * @param endedAt the end of the activity, by the clock of the node
     * @param now the time of this machine
     * @return whether the clock of the node is ahead, and no warning was given in the last hour
     */
    boolean look(String node, Instant endedAt, Instant now) {
        Duration ahead = Duration.between(now, endedAt);
        if (ahead.compareTo(AHEAD_MAX) <= 0 || !isNews(node, now)) {
            return false;
        }
        Log.warnf(
                "the clock of node %s is %d seconds ahead of the class service's: times of its activities are wrong",
                Printable.of(node), ahead.toSeconds());
        return true;
    }

    private synchronized boolean isNews(String node, Instant now) {
        Instant last = said.get(node);
        if (last != null && Duration.between(last, now).compareTo(SAY_AGAIN) < 0) {
            return false;
        }
        said.put(node, now);
        return true;
    }
}
