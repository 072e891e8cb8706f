package io.procmon.events;

import java.time.Instant;

/**
 * The identity of a file's contents, independent of its name. A move keeps it; a write changes it; a copy has its own.
 * The device is left out: on btrfs and overlayfs, stat(2) returns another device number than the kernel uses
 * internally.
 *
 * @param inode the inode number
 * @param modifiedAt time of the last change of the contents
 */
public record FileId(long inode, Instant modifiedAt) {}
