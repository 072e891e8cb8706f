package io.procmon.spool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the spool is and how much it may hold.
 *
 * @param directory on a disk that outlives procmon; empty: the spool is in memory
 * @param maxBytes how far the newest record may be from the oldest, in bytes
 * @param maxAge how old a record may become
 * @param memoryBytes how much may be in memory only: without a directory, or while the disk takes nothing
 * @param catchUpRate how many reports a second are read back from disk at most
 */
public record SpoolOptions(
        Optional<Path> directory, long maxBytes, Duration maxAge, long memoryBytes, int catchUpRate) {}
