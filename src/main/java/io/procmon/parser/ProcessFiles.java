package io.procmon.parser;

import io.procmon.process.ContainerPath;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * The files of a process as the process sees them: the few questions that a parser or a handler may ask. The process may
 * have ended, or procmon may not be allowed to look, so each answer is best effort: "no" and "unknown" are the same.
 */
public interface ProcessFiles extends AutoCloseable {

    /** Nothing is known of any file. */
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

    /**
     * The file that a path leads to, by a path without symbolic links. A file that does not exist is in the directory that
     * the rest of the path leads to. The path itself if that is unknown.
     */
    default ContainerPath resolve(ContainerPath path) {
        return path;
    }

    /** The same, but the last component is not followed: a linker replaces a link that has its output's name. */
    default ContainerPath resolveEntry(ContainerPath path) {
        return path;
    }

    /** A text that changes whenever an entry of a directory is added, removed or renamed; empty if that is unknown. */
    default Optional<String> version(ContainerPath directory) {
        return Optional.empty();
    }

    /** The directories that the symbolic links in a directory lead to, by the names of the links that were asked for. */
    default Map<String, ContainerPath> linkedDirectories(ContainerPath directory, Predicate<String> names) {
        return Map.of();
    }

    /** From now on nothing is known of any file. */
    @Override
    default void close() {}
}
