package io.procmon.classroom.workflow;

import io.procmon.process.ContainerPath;
import io.procmon.process.RawText;
import java.time.Instant;
import java.util.Optional;

/**
 * Identifies a program of a student among the files of a homework, on every node that has the file.
 *
 * @param path the path relative to the homework directory
 * @param bytes the size
 * @param modifiedAt time of the last change of the contents, by the clock of the file system
 */
public record ProgramStamp(String path, long bytes, Instant modifiedAt) {

    /** The stamp of a file; empty if the file is outside of the homework directory, so that its path is not kept. */
    public static Optional<ProgramStamp> of(String homework, ContainerPath path, long bytes, Instant modifiedAt) {
        return path.below(homework).map(name -> new ProgramStamp(RawText.readable(name), bytes, modifiedAt));
    }
}
