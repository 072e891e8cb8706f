package io.procmon.spool;

import java.util.Arrays;

/**
 * The place of each unsettled record, sorted by position. Two long arrays: 200,000 records take 3 to 5 MB. A removed
 * record leaves a hole; holes are closed when there are more of them than records.
 */
final class PositionIndex {

    private static final int SMALLEST = 1024;

    /** The result of {@link #remove} and {@link #place} for a missing position. */
    static final long NONE = -1;

    private long[] positions = new long[SMALLEST];
    private long[] places = new long[SMALLEST];
    private int head;
    private int tail;
    private int count;

    /**
     * Adds a record; false if its position is taken. Positions mostly grow; one that does not is moved to its place.
     */
    boolean add(long position, long place) {
        int at = tail;
        if (tail > head && positions[tail - 1] >= position) {
            int found = Arrays.binarySearch(positions, head, tail, position);
            if (found >= 0) {
                if (places[found] != NONE) {
                    return false;
                }
                places[found] = place;
                count++;
                return true;
            }
            at = -found - 1;
        }
        if (tail == positions.length) {
            int before = at - head - holes(head, at);
            rearrange(Math.max(SMALLEST, count + count / 4 + SMALLEST));
            at = before;
        }
        System.arraycopy(positions, at, positions, at + 1, tail - at);
        System.arraycopy(places, at, places, at + 1, tail - at);
        positions[at] = position;
        places[at] = place;
        tail++;
        count++;
        return true;
    }

    private int holes(int from, int to) {
        int holes = 0;
        for (int i = from; i < to; i++) {
            holes += places[i] == NONE ? 1 : 0;
        }
        return holes;
    }

    private void rearrange(int capacity) {
        long[] newPositions = new long[capacity];
        long[] newPlaces = new long[capacity];
        int to = 0;
        for (int i = head; i < tail; i++) {
            if (places[i] != NONE) {
                newPositions[to] = positions[i];
                newPlaces[to] = places[i];
                to++;
            }
        }
        positions = newPositions;
        places = newPlaces;
        head = 0;
        tail = to;
    }

    /** Removes a record; returns its place, or {@link #NONE}. */
    long remove(long position) {
        int at = Arrays.binarySearch(positions, head, tail, position);
        if (at < 0 || places[at] == NONE) {
            return NONE;
        }
        long place = places[at];
        places[at] = NONE;
        count--;
        while (head < tail && places[head] == NONE) {
            head++;
        }
        if (positions.length > SMALLEST && tail - count > 2 * Math.max(count, SMALLEST)) {
            rearrange(Math.max(SMALLEST, count + count / 4));
        }
        return place;
    }

    /** The place of a record, or {@link #NONE}. */
    long place(long position) {
        int at = Arrays.binarySearch(positions, head, tail, position);
        return at < 0 ? NONE : places[at];
    }

    /** The lowest position that is at least {@code from}, or {@link #NONE}. */
    long ceiling(long from) {
        int found = Arrays.binarySearch(positions, head, tail, from);
        for (int at = found < 0 ? -found - 1 : found; at < tail; at++) {
            if (places[at] != NONE) {
                return positions[at];
            }
        }
        return NONE;
    }

    int count() {
        return count;
    }
}
