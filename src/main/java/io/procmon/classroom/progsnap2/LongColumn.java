package io.procmon.classroom.progsnap2;

import java.util.Arrays;

/** A growing list of {@code long} values without an object for each. */
final class LongColumn {

    private long[] values = new long[1 << 8];
    private int size;

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1));
        }
        values[size++] = value;
    }

    long get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }
}
