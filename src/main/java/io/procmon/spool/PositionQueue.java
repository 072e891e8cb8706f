package io.procmon.spool;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Ascending positions, eight bytes each: a ring of primitive values, so that a backlog of 200,000 takes at most 4 MB.
 */
final class PositionQueue {

    private static final int SMALLEST = 4;

    private long[] ring = new long[SMALLEST];
    private int first;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The lowest position; the queue must not be empty. */
    long first() {
        return ring[first];
    }

    /** Adds a position that is higher than all others. */
    void add(long position) {
        if (size == ring.length) {
            resize(2 * size);
        }
        ring[index(size)] = position;
        size++;
    }

    void removeFirst() {
        first = index(1);
        size--;
        if (ring.length > SMALLEST && size < ring.length / SMALLEST) {
            resize(ring.length / 2);
        }
    }

    /** Removes a position; returns whether the queue had it. */
    boolean remove(long position) {
        int at = find(position);
        if (at == size || ring[index(at)] != position) {
            return false;
        }
        for (int i = at; i > 0; i--) {
            ring[index(i)] = ring[index(i - 1)];
        }
        removeFirst();
        return true;
    }

    void forEach(LongConsumer action) {
        for (int i = 0; i < size; i++) {
            action.accept(ring[index(i)]);
        }
    }

    /** The number of positions below this one. */
    private int find(long position) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ring[index(middle)] < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int index(int offset) {
        return (first + offset) & (ring.length - 1);
    }

    private void resize(int length) {
        long[] resized = new long[length];
        int tail = Math.min(size, ring.length - first);
        System.arraycopy(ring, first, resized, 0, tail);
        System.arraycopy(ring, 0, resized, tail, size - tail);
        ring = resized;
        first = 0;
    }

    @Override
    public String toString() {
        long[] positions = new long[size];
        for (int i = 0; i < size; i++) {
            positions[i] = ring[index(i)];
        }
        return Arrays.toString(positions);
    }
}
