package io.procmon.spool;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.procmon.privacy.OwnerOnlyFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Ensures that at most one procmon uses a directory. The lock ends with the process, even after a crash. */
final class DirectoryLock implements AutoCloseable {

    private static final String NAME = "spool.lock";

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws IOException if another process has the lock */
    static DirectoryLock of(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        FileChannel channel = FileChannel.open(file, Set.of(CREATE, WRITE), OwnerOnlyFiles.PERMISSIONS);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new DirectoryLock(file, channel);
            }
        } catch (OverlappingFileLockException e) { // in this process
            channel.close();
            throw new IOException("another procmon uses it", e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new IOException("another procmon uses it");
    }

    boolean isRemoved() {
        return Files.notExists(file);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
