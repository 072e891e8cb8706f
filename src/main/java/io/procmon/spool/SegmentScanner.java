package io.procmon.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/**
 * Finds all records in a segment whose checksum is right. After damage, it searches for the next one. It reads through
 * a window of fixed size, so no length in a damaged file can ask for memory.
 */
final class SegmentScanner {

    private static final int WINDOW = 256 << 10;
    private static final int HEAD = 4096;

    private final FileChannel channel;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW);
    private long windowAt;

    /** Receives each record. */
    interface FrameVisitor {
        /**
         * Receives one record.
         *
         * @param record the first bytes of the record, or all of it; valid during the call
         */
        void visit(Frame frame, ByteBuffer record);
    }

    /**
     * The result of a scan.
     *
     * @param end the end of the last whole record
     * @param firstDamage the first byte that belongs to no whole record; the file's size if there is none
     */
    record Extent(long end, long firstDamage) {}

    private SegmentScanner(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
        window.limit(0);
    }

    /** Visits all whole records from an offset on, in the order of the file. */
    static Extent scan(FileChannel channel, long from, FrameVisitor visitor) throws IOException {
        return new SegmentScanner(channel).scan(from, visitor);
    }

    private Extent scan(long from, FrameVisitor visitor) throws IOException {
        long at = from;
        long end = from;
        long firstDamage = -1;
        while (at + Frame.HEADER <= size) {
            Frame frame = frameAt(at);
            if (frame == null) {
                firstDamage = firstDamage < 0 ? at : firstDamage;
                at = nextMagic(at + 1);
            } else {
                int length = Math.min(frame.length(), HEAD);
                load(at, Frame.HEADER + length);
                visitor.visit(frame, window.slice((int) (at - windowAt) + Frame.HEADER, length));
                at = frame.end();
                end = at;
            }
        }
        return new Extent(end, firstDamage < 0 ? end : firstDamage);
    }

    private Frame frameAt(long at) throws IOException {
        load(at, Frame.HEADER);
        int index = (int) (at - windowAt);
        Frame frame = Frame.parse(window, index, at, size);
        if (frame == null) {
            return null;
        }
        int expected = Frame.checksum(window, index);
        return checksum(at + Frame.COVERED_FROM, frame.end()) == expected ? frame : null;
    }

    private int checksum(long from, long to) throws IOException {
        CRC32C checksum = new CRC32C();
        long at = from;
        while (at < to) {
            int part = (int) Math.min(to - at, WINDOW);
            load(at, part);
            checksum.update(window.array(), (int) (at - windowAt), part);
            at += part;
        }
        return (int) checksum.getValue();
    }

    /** The next offset that may begin a frame. */
    private long nextMagic(long from) throws IOException {
        for (long at = from; at + Frame.HEADER <= size; at++) {
            load(at, Integer.BYTES);
            int index = (int) (at - windowAt);
            if (window.get(index) == (byte) 0xFF && window.getInt(index) == Frame.MAGIC) {
                return at;
            }
        }
        return size;
    }

    /** Loads some bytes into the window. The file must have these bytes. */
    private void load(long offset, int length) throws IOException {
        if (offset >= windowAt && offset + length <= windowAt + window.limit()) {
            return;
        }
        windowAt = offset;
        window.clear();
        while (window.hasRemaining()) {
            int read = channel.read(window, windowAt + window.position());
            if (read < 0) {
                break;
            }
        }
        window.flip();
        if (window.limit() < length) {
            throw new IOException("the file became shorter while it was read");
        }
    }
}
