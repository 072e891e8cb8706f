package io.procmon.spool;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What came into the spool, what left it, and what is there, at one moment:
 * {@code recovered + arrived + resent = delivered + rejected + givenUp + reports}.
 *
 * @param recovered activities that the spool held at the start, those that were lost with a damaged file included
 * @param arrived activities and patterns that were put into it
 * @param resent dead letters that were put into it again
 * @param delivered activities that the backend took
 * @param rejected activities that became dead letters, by status
 * @param givenUp activities that left it without delivery, by reason
 * @param reports activities that are in it
 */
public record SpoolBooks(
        long recovered,
        long arrived,
        long resent,
        long delivered,
        Map<Integer, Long> rejected,
        Map<GivenUp, Long> givenUp,
        long reports) {

    /** Before the spool is open. */
    public static final SpoolBooks EMPTY = new SpoolBooks(0, 0, 0, 0, Map.of(), Map.of(), 0);

    public SpoolBooks {
        rejected = Map.copyOf(rejected);
        givenUp = Map.copyOf(givenUp);
    }

    /** How many became dead letters with a status. */
    public long rejected(int status) {
        return rejected.getOrDefault(status, 0L);
    }

    /** How many became dead letters. */
    public long allRejected() {
        return sum(rejected);
    }

    /** How many left the spool without delivery for a reason. */
    public long givenUp(GivenUp why) {
        return givenUp.getOrDefault(why, 0L);
    }

    SpoolBooks withRecovered(long activities) {
        return new SpoolBooks(activities, arrived, resent, delivered, rejected, givenUp, reports);
    }

    SpoolBooks withArrived(long activities) {
        return new SpoolBooks(recovered, arrived + activities, resent, delivered, rejected, givenUp, reports);
    }

    SpoolBooks withResent(long letters) {
        return new SpoolBooks(recovered, arrived, resent + letters, delivered, rejected, givenUp, reports);
    }

    SpoolBooks withDelivered() {
        return new SpoolBooks(recovered, arrived, resent, delivered + 1, rejected, givenUp, reports);
    }

    SpoolBooks withRejected(int status) {
        Map<Integer, Long> more = new HashMap<>(rejected);
        more.merge(status, 1L, Long::sum);
        return new SpoolBooks(recovered, arrived, resent, delivered, more, givenUp, reports);
    }

    SpoolBooks withGivenUp(GivenUp why, long activities) {
        Map<GivenUp, Long> more = new EnumMap<>(GivenUp.class);
        more.putAll(givenUp);
        more.merge(why, activities, Long::sum);
        return new SpoolBooks(recovered, arrived, resent, delivered, rejected, more, reports);
    }

    SpoolBooks withReports(long activities) {
        return new SpoolBooks(recovered, arrived, resent, delivered, rejected, givenUp, activities);
    }

    private static long sum(Map<Integer, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
