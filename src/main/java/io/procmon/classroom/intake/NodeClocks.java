package io.procmon.classroom.intake;

import io.procmon.config.Printable;
import io.quarkus.logging.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Detects nodes with a wrong clock. If the clock is ahead, activities arrive before they have ended. If the clock is
 * behind, no activity arrives soon after its end. A backlog also has this effect, but only for a limited time.
 * Thread-safe.
 */
final class NodeClocks {

    /** The limit of the difference. The clocks of machines with a time service differ by much less. */
    private static final Duration WRONG_BY = Duration.ofMinutes(1);

    /** The time in which a node with a correct clock delivers some activity at once. */
    private static final Duration WATCHED = Duration.ofMinutes(30);

    private static final int ACTIVITIES_MIN = 20;
    private static final Duration SAY_AGAIN = Duration.ofHours(1);
    private static final int NODES_MAX = 4096;

    /**
     * The activities of a node.
     *
     * @param since the time of this machine when the first of them arrived
     * @param leastDelay the shortest time from the end of an activity to its arrival; negative if the end is in the
     * future
     */
    private record Arrivals(Instant since, int count, Duration leastDelay) {

        static Arrivals of(Instant now, Duration delay) {
            return new Arrivals(now, 1, delay);
        }

        Arrivals with(Duration delay) {
            return new Arrivals(since, count + 1, delay.compareTo(leastDelay) < 0 ? delay : leastDelay);
        }

        boolean isOver(Instant now) {
            return count >= ACTIVITIES_MIN && Duration.between(since, now).compareTo(WATCHED) >= 0;
        }
    }

    private final Map<String, Instant> said = new Newest<>();
    private final Map<String, Arrivals> arrivals = new Newest<>();

    /**
     * Checks the times of an activity, and logs an error of the node's clock at most once an hour.
     *
     * @param endedAt the end of the activity, by the clock of the node
     * @param now the time of this machine
     * @return the error of the clock; empty if the clock is right, or if the error was reported in the last hour
     */
    Optional<String> look(String node, Instant endedAt, Instant now) {
        Optional<String> wrong =
                wrong(node, Duration.between(endedAt, now), now).filter(_ -> isNews(node, now));
        wrong.ifPresent(what -> Log.warnf("the clock of node %s %s", Printable.of(node), what));
        return wrong;
    }

    private Optional<String> wrong(String node, Duration delay, Instant now) {
        if (delay.plus(WRONG_BY).isNegative()) {
            return Optional.of("is %d seconds ahead of the class service's: times of its activities are wrong"
                    .formatted(-delay.toSeconds()));
        }
        return watch(node, delay, now)
                .map(Arrivals::leastDelay)
                .filter(least -> least.compareTo(WRONG_BY) > 0)
                .map(least ->
                        "is behind, or the node reports late: for %d minutes, each of its activities has arrived %d or more seconds after its end"
                                .formatted(WATCHED.toMinutes(), least.toSeconds()));
    }

    /** Adds an activity to those of its node. Returns them when there are enough, and begins anew. */
    private synchronized Optional<Arrivals> watch(String node, Duration delay, Instant now) {
        Arrivals known = arrivals.get(node);
        Arrivals all = known == null ? Arrivals.of(now, delay) : known.with(delay);
        if (all.isOver(now)) {
            arrivals.remove(node);
            return Optional.of(all);
        }
        arrivals.put(node, all);
        return Optional.empty();
    }

    private synchronized boolean isNews(String node, Instant now) {
        Instant last = said.get(node);
        if (last != null && Duration.between(last, now).compareTo(SAY_AGAIN) < 0) {
            return false;
        }
        said.put(node, now);
        return true;
    }

    /** The values of the nodes that were used last. */
    private static final class Newest<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1;

        Newest() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > NODES_MAX;
        }
    }
}
