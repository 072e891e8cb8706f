package io.procmon.classroom.progsnap2;

import java.util.Arrays;

/** A growing list of {@code int} values without an object for each. */
final class IntColumn {

    private int[] values = new int[1 << 8];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1));
        }
        values[size++] = value;
    }

    int get(int index) {
        return values[index];
    }

    void set(int index, int value) {
        values[index] = value;
    }

    int size() {
        return size;
    }
}
