package io.procmon.events;

import io.procmon.process.ContainerPath;
import java.time.Instant;

/**
 * The file that a process image was made from.
 *
 * @param path the path that the process sees, with symbolic links resolved
 * @param device the kernel's device number: major &lt;&lt; 20 | minor
 * @param inode the inode number; together with the device it identifies the file under any name
 * @param modifiedAt time of the last change of the contents
 * @param bytes the size of the file, never negative
 * @param deleted whether the last name of the file had been removed at the time of the exec
 * @param inMemory whether the file was made by memfd_create(2) and never had a name
 */
public record Executable(
        ContainerPath path, int device, long inode, Instant modifiedAt, long bytes, boolean deleted, boolean inMemory) {

    /** The same with a clipped path. */
    Executable clipped() {
        return new Executable(path.clipped(), device, inode, modifiedAt, bytes, deleted, inMemory);
    }

    /** The identity of the contents, which does not depend on the path. */
    public FileId id() {
        return new FileId(inode, modifiedAt);
    }
}
