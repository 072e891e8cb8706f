package io.procmon.spool;

import java.time.Instant;
import java.util.Optional;

/**
 * What is in the spool at a moment.
 *
 * @param reports all that are kept and not settled, those under way to the backend among them
 * @param underWay how many are with the delivery
 * @param bytes from the oldest to the newest
 * @param fileBytes what the file takes on disk
 * @param oldest when the oldest came in
 * @param onDisk whether all of it would outlive procmon
 */
public record SpoolLevel(
        long reports, long underWay, long bytes, long fileBytes, Optional<Instant> oldest, boolean onDisk) {

    /** Before the spool is open. */
    public static final SpoolLevel EMPTY = new SpoolLevel(0, 0, 0, 0, Optional.empty(), false);
}
