package io.procmon.events;

import java.time.Instant;

/**
 * What is in a file, whatever the file's name: it stays the same when the file is moved, changes when it is written, and
 * is another for a copy. The device is no part of it: on btrfs and overlayfs, stat(2) tells another one than the kernel
 * has itself.
 *
 * @param inode the file's number on its device
 * @param modifiedAt the last change of its contents
 */
public record FileId(long inode, Instant modifiedAt) {}
