package io.procmon.parser;

import io.procmon.process.ContainerPath;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * The files of a process as the process sees them, for parsers and handlers. The process may have ended, or procmon may
 * not be permitted to read them. So an answer "no" can also mean "unknown".
 */
public interface ProcessFiles extends AutoCloseable {

    /** Knows no file. */
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

    /** Whether a path certainly leads to a regular file. Links are followed. */
    boolean isFile(ContainerPath path);

    /** Whether a path certainly leads to a directory. Links are followed. */
    boolean isDirectory(ContainerPath path);

    /** The text of a regular file, if the file exists and is small. */
    Optional<String> read(ContainerPath path);

    /** The size of a regular file in bytes. Links are followed. Empty if it is not certain that the file exists. */
    default OptionalLong size(ContainerPath path) {
        return OptionalLong.empty();
    }

    /**
     * The path without symbolic links. For a file that does not exist, the links of its directory are followed. If the
     * links are unknown, the path itself.
     */
    default ContainerPath resolve(ContainerPath path) {
        return path;
    }

    /**
     * The same, but the last component is not followed, because a linker replaces a link that has the name of its
     * output.
     */
    default ContainerPath resolveEntry(ContainerPath path) {
        return path;
    }

    /** A text that changes whenever an entry of a directory is added, removed or renamed; empty if that is unknown. */
    default Optional<String> version(ContainerPath directory) {
        return Optional.empty();
    }

    /** The directories that symbolic links in a directory lead to, by the names of the links. */
    default Map<String, ContainerPath> linkedDirectories(ContainerPath directory, Predicate<String> names) {
        return Map.of();
    }

    /** Releases the files. Afterwards no file is known. */
    @Override
    default void close() {}
}
