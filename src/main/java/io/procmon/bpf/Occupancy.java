package io.procmon.bpf;

/**
 * The occupancy of a map or of a buffer.
 *
 * @param used entries, or bytes
 * @param capacity the largest number of them
 */
public record Occupancy(long used, long capacity) {

    /** The occupancy of a map that does not exist. */
    public static final Occupancy NONE = new Occupancy(0, 0);
}
