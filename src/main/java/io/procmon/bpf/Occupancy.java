package io.procmon.bpf;

/**
 * How full one of the kernel's maps is.
 *
 * @param used entries, or bytes in the ring
 * @param capacity as many as it can have
 */
public record Occupancy(long used, long capacity) {

    /** Of a map that is not there. */
    public static final Occupancy NONE = new Occupancy(0, 0);
}
