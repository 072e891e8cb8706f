package io.procmon.spool;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * The figures of the spool at one moment:
 * {@code recovered + arrived + resent = delivered + rejected + givenUp + reports}.
 *
 * @param recovered activities in the spool at start-up, including those that were lost with a damaged file
 * @param arrived activities and patterns that were added
 * @param resent dead letters that were added again
 * @param delivered activities that the backend accepted
 * @param rejected activities that became dead letters, by status
 * @param givenUp activities that left the spool undelivered, by reason
 * @param reports activities in the spool now
 */
public record SpoolCounts(
        long recovered,
        long arrived,
        long resent,
        long delivered,
        Map<Integer, Long> rejected,
        Map<GivenUp, Long> givenUp,
        long reports) {

    /** Before the spool is open. */
    public static final SpoolCounts EMPTY = new SpoolCounts(0, 0, 0, 0, Map.of(), Map.of(), 0);

    public SpoolCounts {
        rejected = Map.copyOf(rejected);
        givenUp = Map.copyOf(givenUp);
    }

    /** The number of dead letters with a status. */
    public long rejected(int status) {
        return rejected.getOrDefault(status, 0L);
    }

    /** The number of all dead letters. */
    public long allRejected() {
        return sum(rejected);
    }

    /** The number of activities that left the spool undelivered for a reason. */
    public long givenUp(GivenUp why) {
        return givenUp.getOrDefault(why, 0L);
    }

    SpoolCounts withRecovered(long activities) {
        return new SpoolCounts(activities, arrived, resent, delivered, rejected, givenUp, reports);
    }

    SpoolCounts withArrived(long activities) {
        return new SpoolCounts(recovered, arrived + activities, resent, delivered, rejected, givenUp, reports);
    }

    SpoolCounts withResent(long letters) {
        return new SpoolCounts(recovered, arrived, resent + letters, delivered, rejected, givenUp, reports);
    }

    SpoolCounts withDelivered() {
        return new SpoolCounts(recovered, arrived, resent, delivered + 1, rejected, givenUp, reports);
    }

    SpoolCounts withRejected(int status) {
        Map<Integer, Long> more = new HashMap<>(rejected);
        more.merge(status, 1L, Long::sum);
        return new SpoolCounts(recovered, arrived, resent, delivered, more, givenUp, reports);
    }

    SpoolCounts withGivenUp(GivenUp why, long activities) {
        Map<GivenUp, Long> more = new EnumMap<>(GivenUp.class);
        more.putAll(givenUp);
        more.merge(why, activities, Long::sum);
        return new SpoolCounts(recovered, arrived, resent, delivered, rejected, more, reports);
    }

    SpoolCounts withReports(long activities) {
        return new SpoolCounts(recovered, arrived, resent, delivered, rejected, givenUp, activities);
    }

    private static long sum(Map<Integer, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
