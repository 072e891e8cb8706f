package io.procmon.events;

import io.procmon.process.ContainerPath;
import java.time.Instant;

/**
 * A program as a file that other nodes can recognise. On a network file system, path, size and modification time are
 * the same for all nodes; device and inode number may differ.
 *
 * @param path its path, as the student's processes see it
 * @param bytes the size, never negative
 * @param modifiedAt time of the last change of the contents
 */
public record ProgramFile(ContainerPath path, long bytes, Instant modifiedAt) {}
