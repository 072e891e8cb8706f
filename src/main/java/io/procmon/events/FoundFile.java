package io.procmon.events;

import java.time.Instant;

/**
 * A file that procmon has looked at.
 *
 * @param id the identity of the contents
 * @param bytes the size, never negative
 * @param device the kernel's device number, see {@link Executable#device}
 */
public record FoundFile(FileId id, long bytes, int device) {

    /** Time of the last change of the contents. */
    public Instant modifiedAt() {
        return id.modifiedAt();
    }
}
