package io.procmon.spool;

/**
 * Counts what happens to the reports, and publishes the counts together with the level, so that a reader sees the figures
 * of one moment. One thread at a time counts and publishes; any thread reads what is published.
 */
final class SpoolFigures {

    private SpoolCounts counted = SpoolCounts.EMPTY;
    private volatile SpoolCounts counts = SpoolCounts.EMPTY;
    private volatile SpoolLevel level = SpoolLevel.EMPTY;
    private boolean unpublished;

    /** The counts that were published last. */
    SpoolCounts counts() {
        return counts;
    }

    /** The level that was published last. */
    SpoolLevel level() {
        return level;
    }

    /** Publishes the counts and the level. Must be called between two steps. */
    void publish(SpoolLevel now) {
        level = now;
        counts = counted.withReports(now.reports());
        unpublished = false;
    }

    /** Whether some counts are not published yet. */
    boolean isUnpublished() {
        return unpublished;
    }

    /** Counts the reports of an earlier run, and those of them that were lost with a damaged file. */
    void countRecovered(long reports, long lost) {
        count(counted.withRecovered(reports + lost).withGivenUp(GivenUp.DAMAGED, lost));
    }

    void countArrived() {
        count(counted.withArrived(1));
    }

    void countDelivered() {
        count(counted.withDelivered());
    }

    void countRejected(int status) {
        count(counted.withRejected(status));
    }

    void countGivenUp(GivenUp why) {
        count(counted.withGivenUp(why, 1));
    }

    void countResent(long letters) {
        count(counted.withResent(letters));
    }

    private void count(SpoolCounts now) {
        counted = now;
        unpublished = true;
    }
}
