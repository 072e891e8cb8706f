package io.procmon.spool;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The header of a record in a segment: magic number, checksum of everything after it, length, place in its group,
 * ordinal, position. The magic number begins with 0xFF, a byte that UTF-8 never contains, so no text of a student looks
 * like a frame.
 *
 * @param offset where the frame starts in its file
 * @param length the number of bytes of the record, without this header
 * @param inGroup the number of records of the same group before it; one fsync makes a group durable
 * @param ordinal the number of records that were ever appended before it
 * @param position the record's place in the order of arrival
 */
record Frame(long offset, int length, int inGroup, long ordinal, long position) {

    static final int HEADER = 32;
    static final int MAGIC = 0xFF504AFE;

    /** All reports are much smaller. A larger length is damage. */
    static final int MAX_LENGTH = 64 << 20;

    private static final int CHECKSUM_AT = 4;

    /** The checksum covers everything from here on. */
    static final int COVERED_FROM = 8;

    /** The offset of the next frame. */
    long end() {
        return offset + HEADER + length;
    }

    /**
     * The ordinal of the first record of the same group: all records before it were durable when this one was written.
     */
    long groupStart() {
        return ordinal - inGroup;
    }

    /** The header of a record, ready to be written. */
    static byte[] header(byte[] record, int inGroup, long ordinal, long position) {
        byte[] header = new byte[HEADER];
        ByteBuffer bytes = ByteBuffer.wrap(header);
        bytes.putInt(MAGIC).putInt(0).putInt(record.length).putInt(inGroup);
        bytes.putLong(ordinal).putLong(position);
        CRC32C checksum = new CRC32C();
        checksum.update(header, COVERED_FROM, HEADER - COVERED_FROM);
        checksum.update(record);
        bytes.putInt(CHECKSUM_AT, (int) checksum.getValue());
        return header;
    }

    /** The frame that a header describes; null if there can be none, in a file that ends at {@code size}. */
    static Frame parse(ByteBuffer bytes, int at, long offset, long size) {
        if (bytes.getInt(at) != MAGIC) {
            return null;
        }
        Frame frame = new Frame(
                offset, bytes.getInt(at + 8), bytes.getInt(at + 12), bytes.getLong(at + 16), bytes.getLong(at + 24));
        boolean isPossible = frame.length >= 0
                && frame.length <= MAX_LENGTH
                && frame.end() <= size
                && frame.inGroup >= 0
                && frame.ordinal >= frame.inGroup
                && frame.position >= 0;
        return isPossible ? frame : null;
    }

    /** The checksum that a header claims. */
    static int checksum(ByteBuffer bytes, int at) {
        return bytes.getInt(at + CHECKSUM_AT);
    }
}
