package io.procmon.spool;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;

import io.procmon.privacy.OwnerOnlyFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/** The file operations that the journal uses. A test replaces them and loses everything that was not forced to disk. */
interface Storage {

    /** The real file system. */
    Storage DISK = new Storage() {};

    /** After this size, the next group starts a new segment. */
    default long segmentBytes() {
        return 4 << 20;
    }

    /** Opens a file. If the call creates the file, only its owner may read it. */
    default FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), OwnerOnlyFiles.PERMISSIONS);
    }

    /** Replaces a file atomically. */
    default void move(Path from, Path to) throws IOException {
        Files.move(from, to, ATOMIC_MOVE);
    }

    /** Makes new names, moves and deletions in a directory durable. */
    default void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }
}
