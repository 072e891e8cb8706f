package io.procmon.classroom.progsnap2;

import java.util.Arrays;

/**
 * A growing list of {@code long} values without an object for each. It grows by parts of a fixed size, so no value is ever
 * copied, and a part needs no memory as long as all its values are 0.
 */
final class LongColumn {

    private static final int PART_BITS = 12;
    private static final int PART = 1 << PART_BITS;

    private long[][] parts = new long[16][];
    private int size;

    void add(long value) {
        if (size >> PART_BITS == parts.length) {
            parts = Arrays.copyOf(parts, parts.length * 2);
        }
        size++;
        set(size - 1, value);
    }

    long get(int index) {
        long[] part = parts[index >> PART_BITS];
        return part == null ? 0 : part[index & (PART - 1)];
    }

    void set(int index, long value) {
        int at = index >> PART_BITS;
        if (parts[at] == null) {
            if (value == 0) {
                return;
            }
            parts[at] = new long[PART];
        }
        parts[at][index & (PART - 1)] = value;
    }

    int size() {
        return size;
    }
}
