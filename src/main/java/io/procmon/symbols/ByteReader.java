package io.procmon.symbols;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads numbers and strings from bytes, least significant byte first. */
final class ByteReader {

    /** The most bytes of a LEB128 number of 64 bits. */
    private static final int LEB_MAX = 10;

    /** The longest string that is read: PATH_MAX, include/uapi/linux/limits.h. */
    private static final int STRING_MAX = 4096;

    private final byte[] bytes;
    private final int end;
    private int at;

    ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private ByteReader(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    /** Another reader of the same bytes, at the same position. */
    ByteReader copy() {
        return new ByteReader(bytes, at, end);
    }

    int position() {
        return at;
    }

    boolean hasMore() {
        return at < end;
    }

    /** @throws DamagedFile if the position is outside */
    void seek(long position) {
        if (position < 0 || position > end) {
            throw new DamagedFile("position");
        }
        at = (int) position;
    }

    void skip(long size) {
        if (size < 0 || size > end - at) {
            throw new DamagedFile("size");
        }
        at += (int) size;
    }

    /** A reader of the next bytes. This reader continues after them. Positions stay those of the whole. */
    ByteReader part(long size) {
        int from = at;
        skip(size);
        return new ByteReader(bytes, from, at);
    }

    int u8() {
        if (at >= end) {
            throw new DamagedFile("end");
        }
        return bytes[at++] & 0xff;
    }

    int s8() {
        return (byte) u8();
    }

    int u16() {
        return u8() | u8() << 8;
    }

    int s32() {
        return u16() | u16() << 16;
    }

    long u32() {
        return s32() & 0xffff_ffffL;
    }

    long u64() {
        return u32() | u32() << 32;
    }

    /** A number of a given size in bytes. */
    long unsigned(int size) {
        return switch (size) {
            case 1 -> u8();
            case 2 -> u16();
            case 4 -> u32();
            case 8 -> u64();
            default -> throw new DamagedFile("size of a number");
        };
    }

    long uleb() {
        long value = 0;
        for (int i = 0; i < LEB_MAX; i++) {
            int next = u8();
            value |= i * 7 < Long.SIZE ? (long) (next & 0x7f) << (i * 7) : 0;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new DamagedFile("LEB128");
    }

    long sleb() {
        long value = 0;
        for (int i = 0; i < LEB_MAX; i++) {
            int next = u8();
            int shift = i * 7;
            value |= shift < Long.SIZE ? (long) (next & 0x7f) << shift : 0;
            if ((next & 0x80) == 0) {
                boolean negative = (next & 0x40) != 0 && shift + 7 < Long.SIZE;
                return negative ? value | -1L << (shift + 7) : value;
            }
        }
        throw new DamagedFile("LEB128");
    }

    /** A string that ends with a NUL. */
    String string() {
        int from = at;
        while (u8() != 0) {
            if (at - from > STRING_MAX) {
                throw new DamagedFile("string");
            }
        }
        return new String(bytes, from, at - 1 - from, UTF_8);
    }
}
