package io.procmon.events;

import io.procmon.process.ContainerPath;
import java.time.Instant;

/**
 * The file that a process image was made from.
 *
 * @param path as the process sees it, with symbolic links resolved
 * @param device major number &lt;&lt; 20 | minor number, as the kernel keeps it
 * @param inode the file's inode: with the device it tells the file under any name
 * @param modifiedAt the last change of its contents
 * @param deleted whether no name led to it any more when it was executed
 * @param inMemory whether it never had a name: memfd_create(2)
 */
public record Executable(
        ContainerPath path, int device, long inode, Instant modifiedAt, boolean deleted, boolean inMemory) {

    /** What is in the file, whatever its name. */
    public FileId id() {
        return new FileId(inode, modifiedAt);
    }
}
