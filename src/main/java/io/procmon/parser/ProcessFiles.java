package io.procmon.parser;

import io.procmon.process.ContainerPath;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The files of a process as it sees them itself: what little a parser may ask of them. Every answer is best effort, since
 * the process may have ended or procmon may not be allowed to look; "no" and "nobody knows" are the same.
 */
public interface ProcessFiles extends AutoCloseable {

    /** Nobody knows anything. */
    ProcessFiles UNKNOWN = new ProcessFiles() {
        @Override
        public boolean isFile(ContainerPath path) {
            return false;
        }

        @Override
        public boolean isDirectory(ContainerPath path) {
            return false;
        }

        @Override
        public Optional<String> read(ContainerPath path) {
            return Optional.empty();
        }
    };

    /** Whether it is certain that a regular file is there, across links. */
    boolean isFile(ContainerPath path);

    /** Whether it is certain that a directory is there, across links. */
    boolean isDirectory(ContainerPath path);

    /** The text of a regular file, if it is there and small enough to be read in passing. */
    Optional<String> read(ContainerPath path);

    /** How many bytes a regular file has, across links; empty if it is not certain that one is there. */
    default OptionalLong size(ContainerPath path) {
        return OptionalLong.empty();
    }

    /** Whoever asks from now on learns nothing. */
    @Override
    default void close() {}
}
