package io.procmon.bpf;

import java.util.Locale;

/** Why a record of the kernel never reached the stream. */
public enum Loss {
    /** An exec found no room in the ring: the reader is too slow. */
    EXEC_RING_FULL,
    /** An exec found no room in the table of tracked processes. */
    EXEC_TABLE_FULL,
    /** An exec ran on a processor that appeared after the start. */
    EXEC_NO_SCRATCH,
    /** An exec in a container that starts more programs than it may: {@code procmon.kernel.exec-rate}. */
    EXEC_THROTTLED,
    /** A hook was interrupted by itself on the same processor, and the kernel skipped the second call. */
    RECURSION,
    /** A record that was none: the kernel program and this build do not belong together. */
    MALFORMED;

    /** As metrics and logs have it, such as {@code exec_ring_full}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
