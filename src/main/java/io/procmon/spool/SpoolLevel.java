package io.procmon.spool;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of the spool at one time.
 *
 * @param reports number of unsettled reports, including those under way to the backend
 * @param underWay number of reports under way to the backend
 * @param bytes number of bytes from the oldest to the newest report
 * @param fileBytes size of the files on disk
 * @param oldest time of arrival of the oldest report
 * @param onDisk whether all reports would survive a restart
 */
public record SpoolLevel(
        long reports, long underWay, long bytes, long fileBytes, Optional<Instant> oldest, boolean onDisk) {

    /** The level before the spool is open. */
    public static final SpoolLevel EMPTY = new SpoolLevel(0, 0, 0, 0, Optional.empty(), false);
}
