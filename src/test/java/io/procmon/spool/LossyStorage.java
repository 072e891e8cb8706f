package io.procmon.spool;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A disk that loses data that was not forced. Reads see all writes, as through the page cache. After {@link #cutPower},
 * each block that was written since the last force has its new or its old content at random, and so has the file's
 * length.
 */
class LossyStorage implements Storage {

    private static final int BLOCK = 512;

    private final Random random;
    private final Map<Path, Before> changed = new HashMap<>();
    private long written;
    private long forces;

    /**
     * The file at the last force.
     *
     * @param content null as long as the file has only grown
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Before(int length, byte[] content) {}

    LossyStorage(Random random) {
        this.random = random;
    }

    long written() {
        return written;
    }

    long forces() {
        return forces;
    }

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        boolean isNew = Files.notExists(file);
        FileChannel channel = Storage.DISK.open(file, options);
        if (isNew) {
            changed.put(file, new Before(0, null));
        }
        return new Lossy(file, channel);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        Files.move(from, to, REPLACE_EXISTING);
        Before before = changed.remove(from);
        if (before != null) {
            changed.put(to, before);
        }
    }

    @Override
    public void syncDirectory(Path directory) {
        forces++;
    }

    /** Loses a part of the data that was not forced. */
    void cutPower() throws IOException {
        List<Path> files = new ArrayList<>(changed.keySet());
        files.sort(null);
        for (Path file : files) {
            if (Files.exists(file)) {
                byte[] now = Files.readAllBytes(file);
                Before before = changed.get(file);
                byte[] old = before.content == null ? Arrays.copyOf(now, before.length) : before.content;
                Files.write(file, mixture(old, now));
            }
        }
        changed.clear();
    }

    @Override
    public long segmentBytes() {
        return 64 << 10;
    }

    private byte[] mixture(byte[] before, byte[] now) {
        int least = Math.min(before.length, now.length);
        int length = now.length > least ? random.nextInt(least, now.length + 1) : now.length;
        byte[] mixture = new byte[length];
        for (int at = 0; at < length; at += BLOCK) {
            int end = Math.min(length, at + BLOCK);
            byte[] from = random.nextBoolean() ? before : now;
            for (int i = at; i < end; i++) {
                boolean isSame = i < before.length && i < now.length && before[i] == now[i];
                mixture[i] = isSame ? now[i] : i < from.length ? from[i] : 0;
            }
        }
        return mixture;
    }

    private final class Lossy extends FileChannel {

        private final Path file;
        private final FileChannel channel;

        Lossy(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        private void beforeChange(long offset) throws IOException {
            Before before = changed.computeIfAbsent(
                    file, it -> new Before((int) it.toFile().length(), null));
            if (before.content == null && offset < before.length) {
                byte[] content = Arrays.copyOf(Files.readAllBytes(file), before.length);
                changed.put(file, new Before(before.length, content));
            }
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return channel.read(target);
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
            return channel.read(targets, offset, length);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            beforeChange(channel.position());
            written += source.remaining();
            return channel.write(source);
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
            throw new UnsupportedOperationException("the journal does not gather");
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            channel.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            beforeChange(size);
            channel.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) {
            forces++;
            changed.remove(file);
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            return channel.transferTo(position, count, target);
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
            throw new UnsupportedOperationException("the journal does not transfer");
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return channel.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            beforeChange(position);
            written += source.remaining();
            return channel.write(source, position);
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
            throw new UnsupportedOperationException("the journal does not map");
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) throws IOException {
            return channel.lock(position, size, shared);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return channel.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            channel.close();
        }
    }
}
