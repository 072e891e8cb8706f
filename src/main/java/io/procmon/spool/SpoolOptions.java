package io.procmon.spool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The directory and the limits of the spool.
 *
 * @param directory a directory on a disk that survives a restart; if empty, the spool is in memory
 * @param maxBytes the largest distance between the oldest and the newest record, in bytes
 * @param maxAge the largest age of a record
 * @param memoryBytes the limit for records that are only in memory, without a directory or while the disk accepts no
 *     writes
 * @param catchUpRate the largest number of reports that are read back from disk in a second
 */
public record SpoolOptions(
        Optional<Path> directory, long maxBytes, Duration maxAge, long memoryBytes, int catchUpRate) {}
