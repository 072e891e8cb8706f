package io.procmon.spool;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The state file of a segment: the settled records, and the confirmed length. Entries are appended without waiting for
 * the disk. If the newest entries are lost, settled records are delivered again with the same id.
 *
 * <p>An entry has 32 bytes: kind, checksum, three numbers. The checksum includes the segment's id, so an entry of
 * another segment is rejected.
 */
final class SegmentState {

    static final int ENTRY = 32;

    private static final int CONFIRMED = 0xFF434F4E;
    private static final int SETTLED = 0xFF534554;
    private static final int PER_ENTRY = 3;
    private static final long NONE = -1;

    private SegmentState() {}

    /**
     * The contents of a state file.
     *
     * @param confirmed the ordinal after the last confirmed record; 0 if unknown
     * @param end the position after the last confirmed record; 0 if unknown
     * @param generation the newest manifest that was complete by then
     * @param settled the positions of settled records, sorted
     * @param length the offset of the next entry
     */
    @SuppressWarnings("ArrayRecordComponent") // a list of boxed positions would take five times the memory
    record Content(long confirmed, long end, long generation, long[] settled, long length) {

        static final Content NOTHING = new Content(0, 0, 0, new long[0], 0);

        /** A position after all settled records, because no position is used twice; 0 if there are none. */
        long settledEnd() {
            return settled.length == 0 ? 0 : settled[settled.length - 1] + 1;
        }

        boolean isSettled(long position) {
            return Arrays.binarySearch(settled, position) >= 0;
        }
    }

    /** Reads a state file; invalid entries are skipped. */
    static Content read(Path file, long id, Storage storage) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Content.NOTHING;
        }
        try (FileChannel channel = storage.open(file, READ)) {
            return new Reader(id).read(channel);
        }
    }

    private static final class Reader {

        private final long id;
        private long confirmed;
        private long end;
        private long generation;
        private long[] settled = new long[64];
        private int count;

        Reader(long id) {
            this.id = id;
        }

        Content read(FileChannel channel) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(2048 * ENTRY);
            long at = 0;
            long validEnd = 0;
            while (channel.read(buffer, at + buffer.position()) >= 0) {
                buffer.flip();
                while (buffer.remaining() >= ENTRY) {
                    boolean isValid = entry(buffer);
                    buffer.position(buffer.position() + ENTRY);
                    at += ENTRY;
                    validEnd = isValid ? at : validEnd;
                }
                buffer.compact();
            }
            long[] positions = Arrays.copyOf(settled, count);
            Arrays.sort(positions);
            long[] distinct = Arrays.stream(positions).distinct().toArray();
            return new Content(confirmed, end, generation, distinct, validEnd);
        }

        private boolean entry(ByteBuffer buffer) {
            int at = buffer.position();
            int kind = buffer.getInt(at);
            long a = buffer.getLong(at + 8);
            long b = buffer.getLong(at + 16);
            long c = buffer.getLong(at + 24);
            if ((kind != CONFIRMED && kind != SETTLED) || buffer.getInt(at + 4) != checksum(id, kind, a, b, c)) {
                return false;
            }
            if (kind == CONFIRMED) {
                confirmed = Math.max(confirmed, a);
                end = Math.max(end, b);
                generation = Math.max(generation, c);
            } else {
                add(a);
                add(b);
                add(c);
            }
            return true;
        }

        private void add(long position) {
            if (position == NONE) {
                return;
            }
            if (count == settled.length) {
                settled = Arrays.copyOf(settled, count * 2);
            }
            settled[count++] = position;
        }
    }

    /** Creates the entries for a segment that is confirmed up to an ordinal and a position. */
    static byte[] confirmed(long id, long ordinal, long end, long generation) {
        byte[] entry = new byte[ENTRY];
        put(ByteBuffer.wrap(entry), id, CONFIRMED, ordinal, end, generation);
        return entry;
    }

    /** Creates the entries for settled records. */
    static byte[] settled(long id, long[] positions, int count) {
        byte[] entries = new byte[(count + PER_ENTRY - 1) / PER_ENTRY * ENTRY];
        ByteBuffer bytes = ByteBuffer.wrap(entries);
        for (int i = 0; i < count; i += PER_ENTRY) {
            long b = i + 1 < count ? positions[i + 1] : NONE;
            long c = i + 2 < count ? positions[i + 2] : NONE;
            put(bytes, id, SETTLED, positions[i], b, c);
        }
        return entries;
    }

    private static void put(ByteBuffer bytes, long id, int kind, long a, long b, long c) {
        bytes.putInt(kind).putInt(checksum(id, kind, a, b, c));
        bytes.putLong(a).putLong(b).putLong(c);
    }

    private static int checksum(long id, int kind, long a, long b, long c) {
        CRC32C checksum = new CRC32C();
        checksum.update(ByteBuffer.allocate(36)
                .putLong(id)
                .putInt(kind)
                .putLong(a)
                .putLong(b)
                .putLong(c)
                .flip());
        return (int) checksum.getValue();
    }

    /** Opens a state file for new entries. */
    static FileChannel open(Path file, Storage storage) throws IOException {
        return storage.open(file, CREATE, WRITE);
    }
}
